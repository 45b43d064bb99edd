/* views.h - what other programs may rely on: views whose names and columns stay (docs/ledger-views.md). A view that changes gets a new
 * number and the old one stays. Internal to the ledger station; written once by schema.c. */
#ifndef SLK_LEDGER_VIEWS_H
#define SLK_LEDGER_VIEWS_H

/* clang-format off */
#define SLK_GRAMS_FILL \
    "INSERT INTO report_grams(report_grams) VALUES('delete-all');" \
    "INSERT INTO report_grams(rowid, title, text) SELECT row, title, text FROM report" \
    " WHERE substr(language, 1, 2) IN ('zh', 'ja', 'ko', 'th', 'lo', 'km', 'my');"

#define SLK_VIEWS \
    "CREATE VIEW v1_events AS SELECT e.id AS id, e.type AS type, e.actor AS actor, nullif(e.country, '') AS actor_country," \
    " nullif(e.time, '') AS time, datetime(e.first_s, 'unixepoch') AS earliest_utc," \
    " datetime(e.last_s, 'unixepoch') AS latest_utc, e.place AS place, e.lat AS latitude, e.lon AS longitude," \
    " e.certainty AS certainty, e.main AS is_news, e.conflict AS has_conflict, e.n_reports AS reports," \
    " e.n_roots AS independent_sources, date(e.known_day * 86400, 'unixepoch') AS known_since" \
    " FROM event AS e WHERE e.went IS NULL;" \
    "CREATE VIEW v1_reports AS SELECT r.id AS id, r.sha256 AS sha256, r.title AS title, r.outlet AS outlet," \
    " r.author AS author, r.url AS url, r.source AS file, r.language AS language, nullif(r.published, '') AS published," \
    " r.published_basis AS published_basis, date(r.known_day * 86400, 'unixepoch') AS known_since," \
    " datetime(r.added_s, 'unixepoch') AS recorded_utc, s.id AS repeats, r.reader AS read_by, r.text AS text" \
    " FROM report AS r LEFT JOIN report AS s ON s.row = r.story;" \
    "CREATE VIEW v1_tellings AS SELECT r.id || '#' || t.n AS id, r.id AS report, e.id AS event, t.type AS type," \
    " t.plover AS plover, t.plover_mode AS plover_mode, t.cameo AS cameo, t.certainty AS certainty, t.main AS is_news," \
    " t.main_reason AS news_reason, t.actor AS actor, nullif(t.country, '') AS actor_country," \
    " nullif(t.target, '') AS target_country, nullif(t.time, '') AS time, t.place AS place, t.lat AS latitude," \
    " t.lon AS longitude, t.weapon AS weapon_class, t.words AS trigger, t.start AS trigger_start," \
    " t.\"end\" AS trigger_end, t.root AS root_source, t.party AS is_party" \
    " FROM telling AS t JOIN report AS r ON r.row = t.report JOIN link AS k ON k.telling = t.row" \
    " JOIN event AS e ON e.row = k.event;" \
    "CREATE VIEW v1_claims AS SELECT c.row AS id, e.id AS event, r.id || '#' || t.n AS telling, r.id AS report," \
    " c.field AS field, c.kind AS kind, c.text AS text, c.low AS low, c.high AS high, c.unit AS unit, c.si AS si," \
    " c.si_high AS si_high, c.bound AS bound, nullif(c.time, '') AS time, nullif(c.country, '') AS country," \
    " c.lat AS latitude, c.lon AS longitude, c.basis AS basis, nullif(c.stance, '') AS stance, c.certainty AS certainty," \
    " c.note AS note, c.rule AS rule, c.chain AS source, coalesce(s.root, r.root) AS root_source," \
    " (SELECT v.words FROM evidence AS v WHERE v.claim = c.row ORDER BY v.n LIMIT 1) AS evidence" \
    " FROM claim AS c JOIN telling AS t ON t.row = c.telling JOIN report AS r ON r.row = t.report" \
    " JOIN link AS k ON k.telling = t.row JOIN event AS e ON e.row = k.event LEFT JOIN chain AS s ON s.row = c.chain;" \
    "CREATE VIEW v1_evidence AS SELECT v.claim AS claim, v.n AS n, v.start AS start, v.\"end\" AS \"end\"," \
    " v.words AS words FROM evidence AS v;" \
    "CREATE VIEW v1_sources AS SELECT s.row AS id, s.text AS chain, s.names AS names, s.root AS root_source," \
    " nullif(s.root_country, '') AS root_country FROM chain AS s;" \
    "CREATE VIEW v1_links AS SELECT e.id AS event, r.id || '#' || t.n AS telling, r.id AS report, k.reason AS reason," \
    " k.decision AS decision FROM link AS k JOIN telling AS t ON t.row = k.telling JOIN report AS r ON r.row = t.report" \
    " JOIN event AS e ON e.row = k.event;" \
    "CREATE VIEW v1_decisions AS SELECT d.row AS number, d.what AS what, d.\"by\" AS decided_by, d.why AS why," \
    " datetime(d.made_s, 'unixepoch') AS made_utc, e.id AS event, o.id AS other, d.undoes AS undoes FROM decision AS d" \
    " JOIN event AS e ON e.row = d.event JOIN event AS o ON o.row = d.other;" \
    "CREATE VIEW v1_withheld AS SELECT e.id AS event, r.id || '#' || t.n AS telling, r.id AS report, w.field AS field," \
    " s.text AS source, w.words AS words FROM withheld AS w JOIN telling AS t ON t.row = w.telling JOIN report AS r" \
    " ON r.row = t.report JOIN link AS k ON k.telling = t.row JOIN event AS e ON e.row = k.event LEFT JOIN chain AS s" \
    " ON s.row = w.chain;" \
    "CREATE VIEW v1_checks AS SELECT c.row AS id, r.id AS report, c.kind AS kind, c.verdict AS verdict, c.says AS says," \
    " nullif(c.against, '') AS against, c.words AS words FROM checked AS c JOIN report AS r ON r.row = c.report;"
/* clang-format on */

#endif
