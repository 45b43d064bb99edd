/* statements.h - all SQL that reads and writes rows; the schema itself stands in schema.c. */
#ifndef SLK_LEDGER_STATEMENTS_H
#define SLK_LEDGER_STATEMENTS_H

/* Columns of slk_profile_row, of telling AS t. */
#define SLK_PROFILE_COLUMNS                                                                                            \
    "t.row, t.report, t.kind, t.type, t.country, t.actor, t.target, t.time, t.first_s, t.last_s, t.assumed, t.place,"  \
    " t.lat, t.lon, t.weapon, t.root, t.party, t.main, t.certainty, t.weekday, t.clock_min"
#define SLK_PROFILE_N 21 /* of them */

/* Tellings t that event ?1 has or once had; those of them that it had on day ?2, as people had decided until then. */
#define SLK_EVER_OF                                                                                                    \
    " t.row IN (SELECT telling FROM link WHERE event = ?1 UNION SELECT telling FROM move WHERE from_event = ?1)"
#define SLK_OF_THEN                                                                                                    \
    " coalesce((SELECT m.from_event FROM move AS m WHERE m.telling = t.row AND m.until_day > ?2 ORDER BY m.decision"   \
    " LIMIT 1), (SELECT o.event FROM link AS o WHERE o.telling = t.row)) = ?1"

/* Columns and order of reports r and their tellings t in a dossier. */
#define SLK_TELLER_COLUMNS                                                                                             \
    "r.row, r.id, r.sha256, r.title, r.outlet, r.url, r.source, r.published, r.root, t.row, t.type, t.plover,"         \
    " t.plover_mode, t.cameo, t.start, t.\"end\", t.words, t.main, t.main_reason, t.certainty, k.reason, r.story, "    \
    "r.author,"                                                                                                        \
    " r.language, r.published_basis, r.reader, t.n"
#define SLK_TELLER_ORDER " ORDER BY ifnull(r.known_day, 9223372036854775807), r.row, t.n"

/* Columns of slk_entry, of event AS e. (query.c) */
#define SLK_EVENT_COLUMNS                                                                                              \
    "e.row, e.id, e.type, e.country, e.actor, e.time, e.first_s, e.place, e.lat, e.lon, e.certainty, e.main,"          \
    " e.n_reports, e.n_roots, e.conflict, e.last_s, e.known_day, e.went, e.facets, e.n_databases"

/* Columns of slk_report_entry, of report AS r. (reports.c) */
#define SLK_REPORT_COLUMNS                                                                                             \
    "r.row, r.id, r.sha256, r.title, r.outlet, r.author, r.url, r.source, r.language, r.published,"                    \
    " (SELECT o.id FROM report AS o WHERE o.row = r.story), (SELECT count(DISTINCT k.event) FROM telling AS t"         \
    " JOIN link AS k ON k.telling = t.row WHERE t.report = r.row), r.known_day"
/* Columns of read_row of alerts/outbox.c. */
#define SLK_ALERT_COLUMNS                                                                                              \
    "row, key, channel, event, states, raised_s, state, tries, first_ms, not_before_ms, done_s, why, body"

/* clang-format off */
#define SLK_STATEMENTS(X) \
    X(BEGIN, "BEGIN IMMEDIATE") \
    X(COMMIT, "COMMIT") \
    X(ROLLBACK, "ROLLBACK") \
    X(SAVE, "SAVEPOINT one") \
    X(RELEASE, "RELEASE one") \
    X(UNDO, "ROLLBACK TO one") \
    /* record.c, sources.c */ \
    X(REPORT, "SELECT row FROM report WHERE sha256 = ?") \
    X(REPORT_ADD, "INSERT INTO report(sha256, id, source, title, outlet, author, url, language, published," \
      " published_basis, known_day, added_s, root, story, page, reader, text)" \
      " VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)") \
    X(REPORTS_OF_PAGE, "SELECT text FROM report WHERE page = ? ORDER BY row DESC LIMIT 8") \
    X(MARKED, "SELECT report FROM mark WHERE hash = ? ORDER BY report LIMIT 32") \
    X(MARK_ADD, "INSERT INTO mark(hash, report) VALUES(?, ?)") \
    X(STORY_ROOT, "SELECT ifnull(story, row), root FROM report WHERE row = ?") \
    /* near.c */ \
    X(TERM_COUNT, "INSERT INTO term_seen(hash, n) VALUES(?, 1) ON CONFLICT(hash) DO UPDATE SET n = n + 1 RETURNING n") \
    X(TERM_IN, "SELECT report, weight FROM term WHERE hash = ? ORDER BY report DESC LIMIT 64") \
    X(TERM_ADD, "INSERT INTO term(hash, report, weight) VALUES(?, ?, ?)") \
    X(REPORTS_SEEN, "SELECT ifnull(max(row), 0) FROM report") \
    /* stories.c, moves.c */ \
    X(GIST, "SELECT report, story, day, first_s, last_s, words FROM gist WHERE report = ?") \
    X(GISTS_OF, "SELECT report, story, day, first_s, last_s, words FROM gist WHERE story = ? ORDER BY report LIMIT ?") \
    X(GIST_ADD, "INSERT INTO gist(report, story, day, first_s, last_s, words) VALUES(?, ?, ?, ?, ?, ?)") \
    X(GIST_SET, "UPDATE gist SET story = ? WHERE report = ?") \
    X(GIST_DEEDS, "UPDATE gist SET deeds = ? WHERE report = ?") \
    X(DEEDS_OF, "SELECT g.report, r.id, g.deeds FROM gist AS g JOIN report AS r ON r.row = g.report WHERE g.story = ?1" \
      " AND (?2 = 9223372036854775807 OR r.known_day <= ?2) ORDER BY g.report LIMIT ?3") \
    X(TELLINGS_IN, "SELECT t.report, t.start, k.event FROM gist AS g JOIN telling AS t ON t.report = g.report JOIN link" \
      " AS k ON k.telling = t.row WHERE g.story = ? AND t.kind <> 'story' ORDER BY g.report, t.n LIMIT ?") \
    X(STORIES_OF, "SELECT DISTINCT g.story FROM link AS k JOIN telling AS t ON t.row = k.telling JOIN gist AS g" \
      " ON g.report = t.report WHERE k.event = ? ORDER BY g.story LIMIT 8") \
    X(STORY_NEXT, "SELECT min(story) FROM gist WHERE story > ?") \
    X(TERM_SEEN, "SELECT n FROM term_seen WHERE hash = ?") \
    X(GIST_NEXT, "SELECT ifnull(max(story), 0) + 1 FROM gist") \
    X(STORY_TELLINGS, "SELECT " SLK_PROFILE_COLUMNS ", k.event FROM telling AS t JOIN link AS k ON k.telling = t.row" \
      " WHERE t.report = ? AND (t.kind = 'story' OR t.main) AND k.decision IS NULL ORDER BY t.n LIMIT 8") \
    X(STORY_EVENTS, "SELECT " SLK_PROFILE_COLUMNS ", k.event FROM gist AS g JOIN telling AS t ON t.report = g.report AND" \
      " (t.kind = 'story' OR t.main) JOIN link AS k ON k.telling = t.row WHERE g.story = ? ORDER BY g.report, t.n LIMIT 97") \
    X(NEAR_TELLINGS, "SELECT " SLK_PROFILE_COLUMNS ", k.event, r.known_day FROM telling AS t JOIN link AS k" \
      " ON k.telling = t.row JOIN report AS r ON r.row = t.report WHERE t.report = ? AND t.kind = ?" \
      " ORDER BY t.n LIMIT 64") \
    X(CHAIN, "SELECT row FROM chain WHERE key = ?") \
    X(CHAIN_ADD, "INSERT INTO chain(key, text, names, root, root_country) VALUES(?,?,?,?,?)") \
    X(TELLING_ADD, "INSERT INTO telling(report, n, kind, type, plover, plover_mode, cameo, start, \"end\", words, main," \
      " main_reason, certainty, country, actor, target, time, first_s, last_s, assumed, place, lat, lon, weapon, root," \
      " party, weekday, clock_min) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)") \
    X(TELLING_NEWS, "UPDATE telling SET main = 1, main_reason = ?2 WHERE row = ?1") \
    X(CLAIM_ADD, "INSERT INTO claim(telling, field, chain, kind, text, unit, zone, low, high, si, si_high, bound, time," \
      " country, sector, lat, lon, place_kind, basis, stance, certainty, note, rule)" \
      " VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)") \
    X(REACH_ADD, "INSERT INTO reach(claim, lat, lon, from_deg, to_deg, least_m, most_m) VALUES(?,?,?,?,?,?,?)") \
    X(EVIDENCE_ADD, "INSERT INTO evidence(claim, n, start, \"end\", words) VALUES(?,?,?,?,?)") \
    X(WITHHELD_ADD, "INSERT INTO withheld(telling, n, field, chain, start, \"end\", words) VALUES(?,?,?,?,?,?,?)") \
    X(CHECKED_ADD, "INSERT INTO checked(report, n, kind, verdict, says, against, start, \"end\", words, telling, ordinal," \
      " since, until, since_is_event, type, country, actor, at_least, measure, narrower," \
      " weapon) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)") \
    /* rows.c */ \
    X(DB_ROW, "SELECT revision, body FROM db_row WHERE database = ? AND key = ? ORDER BY revision DESC LIMIT 1") \
    X(DB_ROW_BEFORE, "SELECT k.event FROM db_row AS d JOIN telling AS t ON t.report = d.report JOIN link AS k" \
      " ON k.telling = t.row WHERE d.database = ? AND d.key = ? AND d.revision < ? ORDER BY d.revision DESC LIMIT 1") \
    X(DB_ROW_ADD, "INSERT INTO db_row(report, database, key, revision, body, parts, file, line, edition, day, radius_m)" \
      " VALUES(?,?,?,?,?,?,?,?,?,?,?)") \
    X(DB_ROW_TELLINGS, "SELECT t.row FROM db_row AS d JOIN telling AS t ON t.report = d.report JOIN link AS k" \
      " ON k.telling = t.row WHERE d.database = ?1 AND d.key = ?2 AND k.event = ?3 AND k.decision IS NULL" \
      " ORDER BY t.row LIMIT 256") \
    /* audit.c */ \
    X(AUDITED, "SELECT " SLK_PROFILE_COLUMNS ", k.event, e.id, d.database, ifnull(d.key, r.id), d.file, d.line, d.parts," \
      " d.day, d.radius_m, CASE WHEN d.report IS NULL THEN NULL ELSE r.text END FROM (SELECT DISTINCT o.kind, o.country" \
      " FROM db_row AS n JOIN telling AS o ON o.report = n.report) AS w CROSS JOIN event AS e ON e.kind = w.kind" \
      " AND e.country = w.country JOIN link AS k ON k.event = e.row JOIN telling AS t ON t.row = k.telling" \
      " JOIN report AS r ON r.row = t.report LEFT JOIN db_row AS d ON d.report = t.report WHERE t.first_s IS NOT NULL" \
      " AND NOT EXISTS (SELECT 1 FROM db_row AS n WHERE n.database = d.database AND n.key = d.key" \
      " AND n.revision > d.revision)") \
    X(PLACE_COUNTRY, "SELECT country FROM claim WHERE telling = ? AND field = 'origin' ORDER BY row LIMIT 1") \
    X(CLAIM_OF, "SELECT text, ifnull(si, low) FROM claim WHERE telling = ? AND field = ? ORDER BY row LIMIT 1") \
    /* link.c */ \
    X(PROFILES, "SELECT " SLK_PROFILE_COLUMNS " FROM link AS k JOIN telling AS t ON t.row = k.telling WHERE k.event = ?1 ORDER BY t.row") \
    X(PROFILES_THEN, "SELECT " SLK_PROFILE_COLUMNS " FROM telling AS t JOIN report AS r ON r.row = t.report WHERE" \
      SLK_EVER_OF " AND r.known_day <= ?2 AND" SLK_OF_THEN " ORDER BY t.row") \
    X(CANDIDATES, "SELECT row FROM event WHERE kind = ?1 AND country = ?2 AND first_s BETWEEN ?3 AND ?4" \
      " AND went IS NULL ORDER BY row LIMIT 400") \
    X(SERIES_ON, "INSERT INTO series(name, n) VALUES(?, 1) ON CONFLICT(name) DO UPDATE SET n = n + 1") \
    X(SERIES, "SELECT n FROM series WHERE name = ?") \
    X(EVENT_ADD, "INSERT INTO event(id, kind, type, country, actor, time, certainty, main, n_reports, n_roots)" \
      " VALUES(?, ?, ?, ?, ?, '', 'reported', 0, 0, 0)") \
    X(EVENT_SET, "UPDATE event SET type = ?, country = ?, actor = ?, time = ?, first_s = ?, last_s = ?, place = ?," \
      " lat = ?, lon = ?, certainty = ?, main = ?, n_reports = ?, n_roots = ?, known_day = ?, wide_first_s = ?," \
      " wide_last_s = ?, span = ?, conflict = ?, n_databases = ? WHERE row = ?") \
    X(EVENT_REACH, "SELECT min(first_s), max(last_s), min(known_day) FROM (SELECT t.first_s, t.last_s, r.known_day" \
      " FROM link AS k CROSS JOIN telling AS t ON t.row = k.telling CROSS JOIN report AS r ON r.row = t.report" \
      " WHERE k.event = ?1 UNION ALL SELECT t.first_s, t.last_s, r.known_day FROM move AS m CROSS JOIN telling AS t" \
      " ON t.row = m.telling CROSS JOIN report AS r ON r.row = t.report WHERE m.from_event = ?1)") \
    X(EVENT_CONFLICT, "SELECT conflict FROM event WHERE row = ?") \
    X(EVENT_STAYS, "SELECT 1 FROM event WHERE row = ?1 AND (went IS NOT NULL OR EXISTS (SELECT 1 FROM move WHERE" \
      " from_event = ?1) OR EXISTS (SELECT 1 FROM decision WHERE event = ?1) OR EXISTS (SELECT 1 FROM decision WHERE" \
      " other = ?1))") \
    X(EVENT_WENT, "UPDATE event SET went = ?2 WHERE row = ?1 AND NOT EXISTS (SELECT 1 FROM link WHERE event = ?1)") \
    X(EVENT_BACK, "UPDATE event SET went = NULL WHERE row = ? AND went IS NOT NULL") \
    X(LINK_MOVE, "UPDATE link SET event = ?, reason = ?, decision = ? WHERE telling = ? AND event = ?") \
    X(TELLINGS_ALL, "SELECT row FROM telling WHERE row > ? ORDER BY row LIMIT 256") \
    X(EVENTS_ALL, "SELECT row FROM event WHERE row > ? ORDER BY row LIMIT 256") \
    /* facets.c */ \
    X(FACET, "SELECT row FROM facet WHERE kind = ? AND name = ?") \
    X(FACET_ADD, "INSERT INTO facet(kind, name) VALUES(?, ?)") \
    X(FACET_GRAMS, "INSERT INTO facet_grams(rowid, name) VALUES(?, ?)") \
    X(TELLING_FACETS, "SELECT t.type, t.country, t.actor, t.target, t.place, t.lat, t.lon, t.weapon, r.outlet, t.root" \
      " FROM telling AS t JOIN report AS r ON r.row = t.report WHERE t.row = ?") \
    X(CLAIM_FACETS, "SELECT c.field, c.text, c.country, k.names, k.root, c.kind FROM claim AS c LEFT JOIN chain AS k" \
      " ON k.row = c.chain WHERE c.telling = ? ORDER BY c.row LIMIT 1000") \
    X(TELLING_FACETS_SET, "UPDATE telling SET facets = ? WHERE row = ?") \
    X(EVENT_FACETS, "SELECT t.facets FROM link AS k CROSS JOIN telling AS t ON t.row = k.telling WHERE k.event = ?1" \
      " UNION ALL SELECT t.facets FROM move AS m CROSS JOIN telling AS t ON t.row = m.telling WHERE m.from_event = ?1") \
    X(EVENT_FACETS_THEN, "SELECT t.facets FROM telling AS t JOIN report AS r ON r.row = t.report WHERE" SLK_EVER_OF \
      " AND r.known_day <= ?2 AND" SLK_OF_THEN) \
    X(EVENT_FACETS_SET, "UPDATE event SET facets = ? WHERE row = ?") \
    X(POSTED, "SELECT facets, first_s FROM event WHERE row = ?") \
    X(POSTING_ADD, "INSERT OR IGNORE INTO posting(facet, first_s, event) VALUES(?, ?, ?)") \
    X(POSTING_DROP, "DELETE FROM posting WHERE facet = ? AND first_s = ? AND event = ?") \
    X(EVENT_DROP, "DELETE FROM event WHERE row = ?") \
    X(LINK_ADD, "INSERT INTO link(telling, event, reason) VALUES(?, ?, ?)") \
    /* dossier.c */ \
    X(TELLERS, "SELECT " SLK_TELLER_COLUMNS " FROM link AS k JOIN telling AS t ON t.row = k.telling JOIN report AS r" \
      " ON r.row = t.report WHERE k.event = ?1" SLK_TELLER_ORDER) \
    X(TELLERS_THEN, "SELECT " SLK_TELLER_COLUMNS " FROM telling AS t JOIN link AS k ON k.telling = t.row JOIN report AS r" \
      " ON r.row = t.report WHERE" SLK_EVER_OF " AND r.known_day <= ?2 AND" SLK_OF_THEN SLK_TELLER_ORDER) \
    X(CLAIMS, "SELECT c.row, c.field, c.kind, c.text, c.unit, c.zone, c.low, c.high, c.si, c.si_high, c.bound, c.time," \
      " c.country, c.sector, c.lat, c.lon, c.place_kind, c.basis, c.stance, c.certainty, c.note, c.chain, c.rule," \
      " w.lat, w.lon, w.from_deg, w.to_deg, w.least_m, w.most_m FROM claim AS c LEFT JOIN reach AS w" \
      " ON w.claim = c.row WHERE c.telling = ? ORDER BY c.row") \
    X(EVIDENCE, "SELECT start, \"end\", words FROM evidence WHERE claim = ? ORDER BY n") \
    X(CHAIN_ROW, "SELECT text, names, root, root_country FROM chain WHERE row = ?") \
    X(WITHHELD, "SELECT field, chain, start, \"end\", words FROM withheld WHERE telling = ? ORDER BY n") \
    X(TEXT, "SELECT text FROM report WHERE sha256 = ?") \
    X(EVENT_ID, "SELECT id FROM event WHERE row = ?") \
    /* query.c */ \
    X(WALK_UP, "SELECT p.first_s, " SLK_EVENT_COLUMNS " FROM posting AS p CROSS JOIN event AS e ON e.row = p.event" \
      " WHERE p.facet = ?1 AND (p.first_s, p.event) > (?2, ?3) AND p.first_s <= ?4 ORDER BY p.first_s, p.event") \
    X(WALK_DOWN, "SELECT p.first_s, " SLK_EVENT_COLUMNS " FROM posting AS p CROSS JOIN event AS e ON e.row = p.event" \
      " WHERE p.facet = ?1 AND (p.first_s, p.event) < (?2, ?3) AND p.first_s >= ?4" \
      " ORDER BY p.first_s DESC, p.event DESC") \
    X(EVENT_ROW, "SELECT ifnull(e.first_s, 9223372036854775807), " SLK_EVENT_COLUMNS " FROM event AS e" \
      " WHERE e.row = ?") \
    X(POSTINGS, "SELECT count(*) FROM (SELECT 1 FROM posting WHERE facet = ? AND first_s BETWEEN ? AND ? LIMIT ?)") \
    X(POSTINGS_OF, "SELECT event, first_s FROM posting WHERE facet = ? AND first_s BETWEEN ? AND ?") \
    X(FACETS_NAMED, "SELECT f.row FROM facet_grams AS g CROSS JOIN facet AS f ON f.row = g.rowid WHERE facet_grams MATCH ?1" \
      " AND f.kind = ?2 LIMIT ?3") \
    X(FACETS_BETWEEN, "SELECT row, name FROM facet WHERE kind = ? AND name BETWEEN ? AND ? ORDER BY name") \
    X(FACETS_FALLING, "SELECT row, name FROM facet WHERE kind = ? AND name BETWEEN ? AND ? ORDER BY name DESC") \
    X(FIND, "SELECT row, id FROM event WHERE id >= ?1 AND id < ?1 || char(1114111) ORDER BY id LIMIT 5") \
    X(WENT, "SELECT e.went, max(d.made_s) FROM event AS e LEFT JOIN decision AS d ON d.other = e.row WHERE e.row = ?") \
    X(SPAN, "SELECT ifnull(e.first_s, 9223372036854775807), " SLK_EVENT_COLUMNS " FROM event AS e WHERE e.kind = ?1" \
      " AND e.country = ?2 AND e.first_s BETWEEN ?3 AND ?4 ORDER BY e.first_s, e.row") \
    /* words.c, reports.c */ \
    X(WORDS_MATCH, "SELECT rowid FROM report_words WHERE report_words MATCH ?1 ORDER BY rowid LIMIT ?2") \
    X(GRAMS_MATCH, "SELECT rowid FROM report_grams WHERE report_grams MATCH ?1 ORDER BY rowid LIMIT ?2") \
    X(WORDS_OF, "SELECT 1 FROM report_words WHERE report_words MATCH ?1 AND rowid = ?2") \
    X(GRAMS_OF, "SELECT 1 FROM report_grams WHERE report_grams MATCH ?1 AND rowid = ?2") \
    X(EVENTS_TOLD, "SELECT k.event FROM telling AS t JOIN link AS k ON k.telling = t.row WHERE t.report = ?1") \
    X(EVENTS_EVER_TOLD, "SELECT k.event FROM telling AS t JOIN link AS k ON k.telling = t.row WHERE t.report = ?1 UNION" \
      " SELECT m.from_event FROM telling AS t JOIN move AS m ON m.telling = t.row WHERE t.report = ?1") \
    X(REPORTS_OF, "SELECT DISTINCT t.report FROM link AS k JOIN telling AS t ON t.row = k.telling WHERE k.event = ?") \
    X(WORDS_SNIPPET, "SELECT snippet(report_words, -1, char(2), char(3), char(8230), 24) FROM report_words" \
      " WHERE report_words MATCH ?1 AND rowid = ?2") \
    X(GRAMS_SNIPPET, "SELECT snippet(report_grams, -1, char(2), char(3), char(8230), 48) FROM report_grams" \
      " WHERE report_grams MATCH ?1 AND rowid = ?2") \
    X(REPORTS_BELOW, "SELECT " SLK_REPORT_COLUMNS " FROM report AS r WHERE r.row < ? ORDER BY r.row DESC") \
    X(REPORT_ROW, "SELECT " SLK_REPORT_COLUMNS " FROM report AS r WHERE r.row = ?") \
    X(REPORT_FIND, "SELECT " SLK_REPORT_COLUMNS ", r.text, r.published_basis FROM report AS r WHERE r.row = coalesce((SELECT row FROM" \
      " report WHERE id = ?1 LIMIT 1), (SELECT min(row) FROM report WHERE sha256 >= ?2 AND sha256 < ?2 || 'g'" \
      " HAVING count(*) = 1))") \
    X(WORDS_ADD, "INSERT INTO report_words(rowid, title, text) VALUES(?, ?, ?)") \
    X(GRAMS_ADD, "INSERT INTO report_grams(rowid, title, text) VALUES(?, ?, ?)") \
    /* chronology.c, judge.c */ \
    X(TOLD_BY, "SELECT 1 FROM link AS k JOIN telling AS t ON t.row = k.telling WHERE k.event = ?1 AND t.report = ?2" \
      " LIMIT 1") \
    X(PROFILE_OF, "SELECT " SLK_PROFILE_COLUMNS ", k.event FROM telling AS t LEFT JOIN link AS k ON k.telling = t.row" \
      " WHERE t.row = ?") \
    X(TOLD_MOST, "SELECT max(ifnull(c.si, c.low)) FROM link AS k JOIN claim AS c ON c.telling = k.telling" \
      " JOIN telling AS t ON t.row = k.telling JOIN report AS r ON r.row = t.report WHERE k.event = ?1 AND c.field = ?2" \
      " AND (?3 = 9223372036854775807 OR r.known_day <= ?3)") \
    X(EVENT_WEAPONS, "SELECT DISTINCT t.weapon FROM link AS k JOIN telling AS t ON t.row = k.telling WHERE k.event = ?" \
      " LIMIT 16") \
    X(TELLING_MOST, "SELECT max(ifnull(si, low)) FROM claim WHERE telling = ?1 AND field = ?2") \
    X(COVERED_BY, "SELECT d.database, count(DISTINCT k.event), min(t.first_s), max(t.first_s) FROM event AS e JOIN link AS k" \
      " ON k.event = e.row JOIN telling AS t ON t.row = k.telling JOIN db_row AS d ON d.report = t.report" \
      " WHERE e.kind = ?1 AND e.country = ?2 AND e.n_databases > 0 AND t.first_s IS NOT NULL GROUP BY d.database" \
      " ORDER BY d.database LIMIT 4") \
    X(COVERED, "SELECT count(*), min(first_s), max(first_s) FROM event WHERE kind = ?1 AND country = ?2" \
      " AND first_s IS NOT NULL AND certainty IN ('confirmed', 'reported', 'claimed', 'alleged', 'disputed')") \
    X(CHECKS_OF, "SELECT c.report, c.kind, c.verdict, c.says, c.against, c.start, c.\"end\", c.words, c.telling," \
      " c.ordinal, c.since, c.until, c.since_is_event, c.type, c.country, c.actor, r.id, r.published," \
      " c.at_least, c.measure, c.narrower, c.weapon" \
      " FROM checked AS c JOIN report AS r ON r.row = c.report WHERE c.report = ? ORDER BY c.n") \
    X(CLAIMS_OF_ORDER, "SELECT c.report, c.kind, c.verdict, c.says, c.against, c.start, c.\"end\", c.words, c.telling," \
      " c.ordinal, c.since, c.until, c.since_is_event, c.type, c.country, c.actor, r.id, r.published," \
      " c.at_least, c.measure, c.narrower, c.weapon" \
      " FROM checked AS c JOIN report AS r ON r.row = c.report WHERE c.ordinal > 0" \
      " ORDER BY ifnull(r.known_day, 9223372036854775807), r.row, c.n") \
    /* decide.c */ \
    X(TELLINGS_OF, "SELECT t.row FROM link AS k JOIN telling AS t ON t.row = k.telling JOIN report AS r" \
      " ON r.row = t.report WHERE k.event = ?1 AND (r.id = ?2 OR r.sha256 = ?2) AND (?3 < 0 OR t.n = ?3)" \
      " ORDER BY t.row") \
    X(TELLINGS_LINKED, "SELECT telling FROM link WHERE event = ? ORDER BY telling") \
    X(CUT_ADD, "INSERT OR IGNORE INTO cut(telling, event, reason) VALUES(?1, ?2, 'asked for')") \
    X(CUT_DROP, "DELETE FROM cut WHERE telling = ?1 AND event = ?2") \
    X(CUT, "SELECT 1 FROM cut WHERE telling = ?1 AND event = ?2") \
    X(DECIDE, "INSERT INTO decision(what, \"by\", why, made_s, event, other, undoes) VALUES(?, ?, ?, ?, ?, ?, ?)") \
    X(MOVED, "INSERT INTO move(telling, decision, from_event, until_day, reason) SELECT ?1, ?2, event, ?3, reason" \
      " FROM link WHERE telling = ?1") \
    X(DECISION, "SELECT what, event, other, (SELECT u.row FROM decision AS u WHERE u.undoes = d.row) FROM decision AS d" \
      " WHERE d.row = ?") \
    X(MOVES_OF, "SELECT m.telling, m.from_event, m.reason, k.event, k.decision FROM move AS m JOIN link AS k" \
      " ON k.telling = m.telling WHERE m.decision = ? ORDER BY m.telling") \
    X(DECISIONS, "SELECT d.row, d.what, d.\"by\", d.why, d.made_s, e.id, o.id, d.undoes, (SELECT u.row FROM decision AS u" \
      " WHERE u.undoes = d.row) FROM decision AS d JOIN event AS e ON e.row = d.event JOIN event AS o ON o.row = d.other" \
      " WHERE d.row IN (SELECT row FROM decision WHERE event = ?1 UNION SELECT row FROM decision WHERE other = ?1)" \
      " ORDER BY d.row") \
    /* repair.c */ \
    X(LOOSE, "SELECT " SLK_PROFILE_COLUMNS " FROM telling AS t WHERE t.row > ? AND NOT EXISTS (SELECT 1 FROM link AS k" \
      " WHERE k.telling = t.row) ORDER BY t.row LIMIT 1") \
    /* browse.c */ \
    X(VERSION, "PRAGMA data_version") \
    X(COUNT_EVENTS, "SELECT count(*) FROM event") \
    X(LAST_TOLD, "SELECT ifnull(max(telling), 0) FROM link") \
    X(TOLD_SINCE, "SELECT event, max(telling) AS at, min(telling) = (SELECT min(o.telling) FROM link AS o WHERE o.event =" \
      " k.event) FROM link AS k WHERE telling > ?1 GROUP BY +event ORDER BY at LIMIT ?2") \
    X(OUTLETS, "SELECT outlet, '', count(*) AS n, 0 FROM report WHERE outlet IS NOT NULL GROUP BY outlet" \
      " ORDER BY n DESC, outlet LIMIT ?") \
    X(SOURCES, "SELECT h.root, max(h.root_country), count(DISTINCT t.report), count(*) AS n FROM claim AS c JOIN chain AS h" \
      " ON h.row = c.chain JOIN telling AS t ON t.row = c.telling GROUP BY h.root ORDER BY n DESC, h.root LIMIT ?") \
    /* positions.c */ \
    X(POSITION, "SELECT part, offset_b, n FROM file_position WHERE file = ? AND size_b = ? AND changed_ns = ?") \
    X(POSITION_SET, "INSERT OR REPLACE INTO file_position(file, size_b, changed_ns, part, offset_b, n)" \
      " VALUES(?, ?, ?, ?, ?, ?)") \
    X(POSITION_DROP, "DELETE FROM file_position WHERE file = ?") \
    /* feeds.c */ \
    X(FEED_MAKE, "INSERT OR IGNORE INTO feed(url, asked_s, not_before_s, failures, gone) VALUES(?, 0, 0, 0, 0)") \
    X(FEED, "SELECT row, etag, modified, asked_s, not_before_s, failures, gone FROM feed WHERE url = ?") \
    X(FEED_SET, "UPDATE feed SET etag = ?, modified = ?, asked_s = ?, not_before_s = ?, failures = ?, gone = ?" \
      " WHERE row = ?") \
    X(ENTRY, "SELECT hash FROM feed_entry WHERE feed = ? AND url = ?") \
    X(ENTRY_MOVED, "SELECT 1 FROM feed_entry WHERE feed = ? AND guid = ? AND hash = ? LIMIT 1") \
    X(ENTRY_SET, "INSERT INTO feed_entry(feed, url, guid, hash) VALUES(?, ?, ?, ?) ON CONFLICT(feed, url)" \
      " DO UPDATE SET guid = excluded.guid, hash = excluded.hash") \
    X(PAGE_MAKE, "INSERT INTO feed_page(url, feed, link, title, author, outlet, content, markup, published, state," \
      " tries, not_before_s) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0) ON CONFLICT(url) DO NOTHING RETURNING row") \
    X(PAGE_AGAIN, "INSERT INTO feed_page(url, feed, link, title, author, outlet, content, markup, published, state," \
      " tries, not_before_s) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0) ON CONFLICT(url) DO UPDATE SET" \
      " feed = excluded.feed, link = excluded.link, title = excluded.title, author = excluded.author," \
      " outlet = excluded.outlet, content = excluded.content, markup = excluded.markup," \
      " published = excluded.published, state = 0, tries = 0 RETURNING row") \
    X(PAGES_WAITING, "SELECT row, feed, link, not_before_s, tries FROM feed_page WHERE state = 0 AND row > ?" \
      " ORDER BY row LIMIT ?") \
    X(PAGE, "SELECT feed, url, link, title, author, outlet, content, markup, published, etag, modified, tries," \
      " not_before_s FROM feed_page WHERE row = ? AND state = 0") \
    X(PAGE_LATER, "UPDATE feed_page SET tries = ?, not_before_s = ? WHERE row = ?") \
    X(PAGE_DONE, "UPDATE feed_page SET state = ?, etag = ?, modified = ?, title = NULL, author = NULL, outlet = NULL," \
      " content = NULL, published = NULL WHERE row = ?") \
    X(PAGE_SAME, "UPDATE feed_page SET state = 1, title = NULL, author = NULL, outlet = NULL, content = NULL," \
      " published = NULL WHERE row = ?") \
    X(ROBOTS, "SELECT fetched_s, status, body FROM robots WHERE origin = ?") \
    X(ROBOTS_SET, "INSERT INTO robots(origin, fetched_s, status, body) VALUES(?, ?, ?, ?) ON CONFLICT(origin)" \
      " DO UPDATE SET fetched_s = excluded.fetched_s, status = excluded.status, body = excluded.body") \
    /* src/alerts: raise.c, view.c */ \
    X(ALERT_RULES, "SELECT version, text FROM alert_rules WHERE one = 1") \
    X(ALERT_RULES_SET, "INSERT INTO alert_rules(one, version, text) VALUES(1, 1, ?) ON CONFLICT(one)" \
      " DO UPDATE SET version = version + 1, text = excluded.text") \
    X(ALERT_VERSION, "SELECT version FROM alert_rules WHERE one = 1") \
    X(ALERT_CLAIMS, "SELECT c.field, c.text, c.country, c.lat, c.lon, t.report FROM link AS k JOIN telling AS t" \
      " ON t.row = k.telling JOIN claim AS c ON c.telling = t.row WHERE k.event = ? AND c.field IN ('actor', 'target'," \
      " 'weapon', 'weapon_class', 'origin', 'landing') ORDER BY c.row LIMIT 20000") \
    X(ALERT_REPORT, "SELECT ifnull(story, 0), known_day FROM report WHERE row = ?") \
    X(ALERT_TOLD, "SELECT count(*) FROM telling WHERE report = ?1 AND kind = ?2 AND country = ?3 AND first_s IS ?4") \
    X(ALERT_SEEN, "INSERT INTO alert_seen(channel, event, state) VALUES(?, ?, ?) ON CONFLICT DO NOTHING RETURNING 1") \
    X(ALERT_ADD, "INSERT INTO alert(key, channel, event, states, raised_s, body, state, tries, first_ms, not_before_ms)" \
      " VALUES(?, ?, ?, ?, ?, ?, 0, 0, 0, 0)") \
    /* src/alerts: outbox.c */ \
    X(ALERT_DUE, "SELECT " SLK_ALERT_COLUMNS " FROM alert WHERE channel = ?1 AND state = 0 AND not_before_ms <= ?2" \
      " ORDER BY row LIMIT 1") \
    X(ALERT_NEXT, "SELECT min(not_before_ms) FROM alert WHERE channel = ? AND state = 0") \
    X(ALERT_LIST, "SELECT " SLK_ALERT_COLUMNS " FROM alert WHERE row > ?1 AND (?2 < 0 OR state = ?2) ORDER BY row LIMIT ?3") \
    X(ALERT_LAST, "SELECT " SLK_ALERT_COLUMNS " FROM alert WHERE channel = ?1 AND row <= ?2 ORDER BY row DESC LIMIT ?3") \
    X(ALERT_BEFORE, "SELECT " SLK_ALERT_COLUMNS " FROM alert WHERE channel = ?1 AND event = ?2 AND row < ?3" \
      " ORDER BY row LIMIT ?4") \
    X(ALERT_LATER, "UPDATE alert SET tries = tries + 1, first_ms = iif(first_ms = 0, ?1, first_ms), not_before_ms = ?2," \
      " why = ?3 WHERE row = ?4") \
    X(ALERT_SINCE, "UPDATE alert SET first_ms = ?1 WHERE channel = ?2 AND state = 0 AND first_ms = 0") \
    X(ALERT_VERSION_OF_FILE, "PRAGMA data_version") \
    X(ALERT_UP_TO, "UPDATE alert SET state = 1, tries = tries + 1, done_s = ?1, why = NULL WHERE channel = ?2 AND state = 0" \
      " AND row <= ?3") \
    X(ALERT_DONE, "UPDATE alert SET state = ?1, tries = tries + 1, done_s = ?2, why = ?3 WHERE row = ?4") \
    X(ALERT_AGAIN, "UPDATE alert SET state = 0, tries = 0, first_ms = 0, not_before_ms = 0, done_s = NULL, why = NULL" \
      " WHERE (state = 2 OR (state = 0 AND tries > 0)) AND (?1 = '' OR key = ?1 OR channel = ?1)") \
    X(ALERT_COUNTS, "SELECT channel, state, count(*) FROM alert GROUP BY channel, state ORDER BY channel, state") \
    X(ALERT_FORGET, "DELETE FROM alert WHERE state <> 0 AND done_s < ?1 AND row NOT IN (SELECT row FROM alert AS b" \
      " WHERE b.channel = alert.channel ORDER BY row DESC LIMIT 100)")
/* clang-format on */

#endif
