/* language_guess.c - naive Bayes over runs of letters. See language_guess.h and train/languages.py, which counts the runs; both cut
 * words the same way: letters and marks in small letters, a word's edges written "_". */
#include "intake/language_guess.h"

#include <string.h>

#include <utf8proc.h>

#include "base/text.h"

#define HEAD_B 2048u
#define MIDDLE_B 512u
#define LANGUAGES_MOST 128u
#define LONGEST 4u
#define WORD_MOST 32u     /* letters of a word that are looked at */
#define WEIGHT_ZERO 75    /* the character that says "no likelier than elsewhere" */
#define CLEAR 600         /* so far ahead, nothing changes any more: 60 in natural logarithms */
#define LETTERS_LEAST 12u /* fewer tell nothing */
#define LETTERS_SURE 80u
#define SURE 150
#define ENGLISH_WORDS 2u /* "the", and of every hundred words so many that no other language is full of */
#define ENGLISH_PERCENT 5u

/* clang-format off */
#define SCRIPTS(X) \
    X(LATIN, "Latin") X(GREEK, "Greek") X(CYRILLIC, "Cyrillic") X(ARMENIAN, "Armenian") X(HEBREW, "Hebrew") \
    X(ARABIC, "Arabic") X(THAANA, "Thaana") X(DEVANAGARI, "Devanagari") X(BENGALI, "Bengali") X(GURMUKHI, "Gurmukhi") \
    X(GUJARATI, "Gujarati") X(ORIYA, "Oriya") X(TAMIL, "Tamil") X(TELUGU, "Telugu") X(KANNADA, "Kannada") \
    X(MALAYALAM, "Malayalam") X(SINHALA, "Sinhala") X(THAI, "Thai") X(LAO, "Lao") X(TIBETAN, "Tibetan") \
    X(MYANMAR, "Myanmar") X(GEORGIAN, "Georgian") X(HANGUL, "Hangul") X(ETHIOPIC, "Ethiopic") X(KHMER, "Khmer") \
    X(KANA, "Kana") X(HAN, "Han")
/* clang-format on */
#define SCRIPT_NUMBER(script, name) script,
#define SCRIPT_NAME(script, name) name,
enum { SCRIPTS(SCRIPT_NUMBER) SCRIPT_COUNT };
static const char *const script_names[] = {SCRIPTS(SCRIPT_NAME)};

typedef struct script_range {
    uint32_t first, last, script;
} script_range;

/* Letters of the scripts of the table, in ascending order; what lies between is of no script that is told apart. */
static const script_range ranges[] = {
    {0x41, 0x5A, LATIN},        {0x61, 0x7A, LATIN},      {0xAA, 0x2AF, LATIN},       {0x370, 0x3FF, GREEK},
    {0x400, 0x52F, CYRILLIC},   {0x531, 0x58A, ARMENIAN}, {0x591, 0x5F4, HEBREW},     {0x600, 0x6FF, ARABIC},
    {0x750, 0x77F, ARABIC},     {0x780, 0x7BF, THAANA},   {0x900, 0x97F, DEVANAGARI}, {0x980, 0x9FF, BENGALI},
    {0xA00, 0xA7F, GURMUKHI},   {0xA80, 0xAFF, GUJARATI}, {0xB00, 0xB7F, ORIYA},      {0xB80, 0xBFF, TAMIL},
    {0xC00, 0xC7F, TELUGU},     {0xC80, 0xCFF, KANNADA},  {0xD00, 0xD7F, MALAYALAM},  {0xD80, 0xDFF, SINHALA},
    {0xE00, 0xE7F, THAI},       {0xE80, 0xEFF, LAO},      {0xF00, 0xFFF, TIBETAN},    {0x1000, 0x109F, MYANMAR},
    {0x10A0, 0x10FF, GEORGIAN}, {0x1100, 0x11FF, HANGUL}, {0x1200, 0x139F, ETHIOPIC}, {0x1780, 0x17FF, KHMER},
    {0x1E00, 0x1EFF, LATIN},    {0x1F00, 0x1FFF, GREEK},  {0x3041, 0x30FF, KANA},     {0x3400, 0x4DBF, HAN},
    {0x4E00, 0x9FFF, HAN},      {0xAC00, 0xD7A3, HANGUL}, {0xFB50, 0xFDFF, ARABIC},   {0x20000, 0x323AF, HAN},
};
#define RANGES (sizeof ranges / sizeof *ranges)

static const script_range *range_of(uint32_t cp) {
    size_t low = 0, high = RANGES;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (cp > ranges[mid].last)
            low = mid + 1;
        else if (cp < ranges[mid].first)
            high = mid;
        else
            return &ranges[mid];
    }
    return NULL;
}

typedef struct samples {
    slk_text part[2];
} samples;

static samples samples_of(slk_text t) {
    samples s = {{slk_text_head(t, HEAD_B), {NULL, 0}}};
    size_t at = t.n / 2;
    if (t.n < HEAD_B + 4 * MIDDLE_B || at < HEAD_B) return s;
    while (((uint8_t)t.at[at] & 0xC0) == 0x80) at++; /* valid UTF-8: ends at a character's beginning */
    s.part[1] = slk_text_head((slk_text){t.at + at, t.n - at}, MIDDLE_B);
    return s;
}

typedef struct tally { /* of the letters of the samples */
    const char *script;
    unsigned letters, all; /* of that script (a syllable or an ideograph is worth more than a letter); of all */
} tally;

/* Letters by range; those of ASCII stand in the first two. */
static void count_letters(slk_text t, unsigned n[RANGES]) {
    for (const char *p = t.at, *end = p + t.n; p < end;) {
        if ((unsigned char)*p < 0x80) {
            n[0] += slk_is_upper(*p);
            n[1] += slk_is_lower(*p);
            p++;
            continue;
        }
        uint32_t cp;
        p += slk_utf8_next(p, end, &cp);
        const script_range *r = range_of(cp);
        if (r) n[r - ranges]++;
    }
}

/* The script that most of the text is in. Japanese is kana and ideographs, Chinese ideographs alone. */
static tally tally_of(const samples *s) {
    unsigned n[RANGES] = {0}, sums[SCRIPT_COUNT] = {0}, all = 0, kana = 0, han = 0;
    for (unsigned k = 0; k < 2; k++) count_letters(s->part[k], n);
    for (size_t i = 0; i < RANGES; i++) {
        bool dense = ranges[i].script == HAN || ranges[i].script == HANGUL;
        if (ranges[i].script == KANA) kana += n[i];
        if (ranges[i].script == HAN) han += n[i];
        if (dense) n[i] = n[i] * 5 / 2;
        all += n[i];
        sums[ranges[i].script] += n[i];
    }
    if (kana * 20 > han) {
        sums[KANA] += han * 5 / 2;
        sums[HAN] = 0;
    }
    tally best = {NULL, 0, all};
    for (unsigned i = 0; i < SCRIPT_COUNT; i++)
        if (sums[i] > best.letters) best = (tally){script_names[i], sums[i], all};
    return best;
}

typedef struct race { /* the languages of one script */
    const slk_pack *pack;
    uint32_t rows[LANGUAGES_MOST];
    int32_t score[LANGUAGES_MOST];
    unsigned n;
} race;

static void add_run(race *r, slk_text run) {
    uint32_t row = slk_pack_find(r->pack, SLK_T_LANGUAGE_GRAMS, run);
    if (row == SLK_NONE) return;
    slk_text w = slk_pack_cell(r->pack, SLK_T_LANGUAGE_GRAMS, row, SLK_LANGUAGE_GRAMS_WEIGHTS);
    unsigned n = w.n < r->n ? (unsigned)w.n : r->n;
    for (unsigned k = 0; k < n; k++) r->score[k] += w.at[k] - WEIGHT_ZERO;
}

typedef struct word { /* "_word_" */
    char at[(WORD_MOST + 2) * 4];
    uint8_t start[WORD_MOST + 3]; /* of each letter, and the end */
    unsigned n;                   /* letters with the edges */
} word;

static void word_letter(word *w, const char *at, size_t n) {
    memcpy(w->at + w->start[w->n], at, n);
    w->start[w->n + 1] = (uint8_t)(w->start[w->n] + n);
    w->n++;
}

static void end_word(race *r, word *w) {
    if (w->n > 1) {
        word_letter(w, "_", 1);
        for (unsigned i = 0; i < w->n; i++)
            for (unsigned k = 1; k <= LONGEST && i + k <= w->n; k++)
                if (k > 1 || (i > 0 && i + 1 < w->n))
                    add_run(r, (slk_text){w->at + w->start[i], (size_t)w->start[i + k] - w->start[i]});
    }
    w->n = 0;
    w->start[0] = 0;
    word_letter(w, "_", 1);
}

static void two_best(const race *r, unsigned *first, unsigned *second) {
    *first = 0;
    *second = r->n > 1 ? 1 : 0;
    if (r->n > 1 && r->score[1] > r->score[0]) *first = 1, *second = 0;
    for (unsigned k = 2; k < r->n; k++) {
        if (r->score[k] > r->score[*first])
            *second = *first, *first = k;
        else if (r->score[k] > r->score[*second])
            *second = k;
    }
}

static bool is_clear(const race *r) {
    unsigned a, b;
    two_best(r, &a, &b);
    return r->score[a] - r->score[b] > CLEAR;
}

static void run_race(race *r, slk_text t) {
    word w = {.n = 0};
    unsigned words = 0;
    const char *p = t.at, *end = p + t.n;
    end_word(r, &w);
    while (p < end) {
        uint32_t cp, n = slk_utf8_next(p, end, &cp);
        if (!(cp < 0x80 ? slk_is_alpha((char)cp) : slk_cp_is_letter(cp))) {
            if (w.n > 1 && ++words % 16 == 0 && is_clear(r)) return;
            end_word(r, &w);
        } else if (w.n <= WORD_MOST) {
            char small[4];
            uint32_t low = cp < 0x80 ? (uint32_t)slk_lower((char)cp) : (uint32_t)utf8proc_tolower((utf8proc_int32_t)cp);
            if (low < 0x80)
                word_letter(&w, &(char){(char)low}, 1);
            else
                word_letter(&w, small, (size_t)utf8proc_encode_char((utf8proc_int32_t)low, (utf8proc_uint8_t *)small));
        }
        p += n;
    }
    end_word(r, &w);
}

static const char *cell(const slk_pack *pack, uint32_t row, int column) {
    return slk_pack_str(pack, SLK_T_LANGUAGES, row, column);
}

static slk_language_guess guess_of(const slk_pack *pack, uint32_t row, bool sure) {
    return (slk_language_guess){cell(pack, row, SLK_LANGUAGES_CODE), cell(pack, row, SLK_LANGUAGES_NAME), sure};
}

/* English about places and people abroad is full of foreign names, which a count of letters follows; its small words stay. */
static bool has_english_words(slk_text t) {
    unsigned words = 0, the = 0, others = 0;
    for (size_t i = 0; i < t.n;) {
        while (i < t.n && !slk_is_alpha(t.at[i])) i++;
        size_t from = i;
        while (i < t.n && (slk_is_alpha(t.at[i]) || (unsigned char)t.at[i] >= 0x80)) i++;
        slk_text one = {t.at + from, i - from};
        words += one.n != 0;
        the += slk_text_is_fold(one, "the");
        others += slk_text_is_fold(one, "of") || slk_text_is_fold(one, "and") || slk_text_is_fold(one, "is") ||
                  slk_text_is_fold(one, "was") || slk_text_is_fold(one, "with");
    }
    return the >= ENGLISH_WORDS && (the + others) * 100 >= words * ENGLISH_PERCENT;
}

slk_language_guess slk_language_find(const slk_pack *pack, slk_text text) {
    samples s = samples_of(text);
    tally t = tally_of(&s);
    race r = {.pack = pack};
    if (t.letters < LETTERS_LEAST) return (slk_language_guess){NULL, NULL, false};
    bool most = t.letters * 10 > t.all * 6;
    uint32_t rows = slk_pack_rows(pack, SLK_T_LANGUAGES), english = SLK_NONE;
    for (uint32_t row = 0; row < rows; row++) {
        const char *script = cell(pack, row, SLK_LANGUAGES_SCRIPT);
        if (!script || strcmp(script, t.script) != 0) continue;
        if (!cell(pack, row, SLK_LANGUAGES_TEXTS)) return guess_of(pack, row, most && t.letters >= LETTERS_SURE / 2);
        if (strcmp(cell(pack, row, SLK_LANGUAGES_CODE), "en") == 0) english = r.n;
        if (r.n < LANGUAGES_MOST) r.rows[r.n++] = row;
    }
    if (!r.n) return (slk_language_guess){NULL, NULL, false};
    run_race(&r, s.part[0]);
    if (!is_clear(&r)) run_race(&r, s.part[1]);
    unsigned first, second;
    two_best(&r, &first, &second);
    int32_t ahead = english == SLK_NONE ? SURE
                    : first == english  ? r.score[first] - r.score[second]
                                        : r.score[first] - r.score[english];
    if (english != SLK_NONE && first != english && has_english_words(s.part[0]))
        return guess_of(pack, r.rows[english], true);
    unsigned least = english == SLK_NONE ? LETTERS_SURE / 2 : LETTERS_SURE; /* another script alone says: not English */
    return guess_of(pack, r.rows[first], most && t.letters >= least && ahead >= SURE);
}

const char *slk_language_name(const slk_pack *pack, const char *code) {
    uint32_t row = slk_pack_find(pack, SLK_T_LANGUAGES, slk_text_of(code));
    const char *dash = code ? strchr(code, '-') : NULL;
    if (row == SLK_NONE && dash) row = slk_pack_find(pack, SLK_T_LANGUAGES, (slk_text){code, (size_t)(dash - code)});
    return row == SLK_NONE ? NULL : cell(pack, row, SLK_LANGUAGES_NAME);
}
