/* statements.h - all SQL that reads and writes rows; the schema itself stands in schema.c. */
#ifndef SLK_LEDGER_STATEMENTS_H
#define SLK_LEDGER_STATEMENTS_H

/* Columns of slk_profile_row, of telling AS t. */
#define SLK_PROFILE_COLUMNS                                                                                            \
    "t.row, t.report, t.kind, t.type, t.country, t.actor, t.target, t.time, t.first_s, t.last_s, t.assumed, t.place,"  \
    " t.lat, t.lon, t.weapon, t.root, t.party, t.main, t.certainty"

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
    X(TERM_SEEN, "SELECT n FROM term_seen WHERE hash = ?") \
    X(TERM_COUNT, "INSERT INTO term_seen(hash, n) VALUES(?, 1) ON CONFLICT(hash) DO UPDATE SET n = n + 1") \
    X(TERM_IN, "SELECT report, weight FROM term WHERE hash = ? ORDER BY report DESC LIMIT 64") \
    X(TERM_ADD, "INSERT INTO term(hash, report, weight) VALUES(?, ?, ?)") \
    X(REPORTS_SEEN, "SELECT ifnull(max(row), 0) FROM report") \
    X(NEAR_TELLINGS, "SELECT " SLK_PROFILE_COLUMNS ", k.event, r.known_day FROM telling AS t JOIN link AS k" \
      " ON k.telling = t.row JOIN report AS r ON r.row = t.report WHERE t.report = ? AND t.kind = ?" \
      " ORDER BY t.n LIMIT 64") \
    X(CHAIN, "SELECT row FROM chain WHERE key = ?") \
    X(CHAIN_ADD, "INSERT INTO chain(key, text, names, root, root_country) VALUES(?,?,?,?,?)") \
    X(TELLING_ADD, "INSERT INTO telling(report, n, kind, type, plover, plover_mode, cameo, start, \"end\", words, main," \
      " main_reason, certainty, country, actor, target, time, first_s, last_s, assumed, place, lat, lon, weapon, root," \
      " party) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)") \
    X(CLAIM_ADD, "INSERT INTO claim(telling, field, chain, kind, text, unit, zone, low, high, si, si_high, bound, time," \
      " country, sector, lat, lon, place_kind, basis, stance, certainty, note, rule)" \
      " VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)") \
    X(REACH_ADD, "INSERT INTO reach(claim, lat, lon, from_deg, to_deg, least_m, most_m) VALUES(?,?,?,?,?,?,?)") \
    X(EVIDENCE_ADD, "INSERT INTO evidence(claim, n, start, \"end\", words) VALUES(?,?,?,?,?)") \
    X(WITHHELD_ADD, "INSERT INTO withheld(telling, n, field, chain, start, \"end\", words) VALUES(?,?,?,?,?,?,?)") \
    X(CHECKED_ADD, "INSERT INTO checked(report, n, kind, verdict, says, against, start, \"end\", words, telling, ordinal," \
      " since, until, since_is_event, type, country, actor) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)") \
    /* link.c */ \
    X(PROFILES, "SELECT " SLK_PROFILE_COLUMNS " FROM link AS k JOIN telling AS t ON t.row = k.telling" \
      " JOIN report AS r ON r.row = t.report WHERE k.event = ?1 AND (?2 = 9223372036854775807 OR r.known_day <= ?2)" \
      " ORDER BY t.row") \
    X(CANDIDATES, "SELECT row FROM event WHERE kind = ?1 AND country = ?2 AND first_s BETWEEN ?3 AND ?4 ORDER BY row" \
      " LIMIT 400") \
    X(SERIES, "INSERT INTO series(name, n) VALUES(?, 1) ON CONFLICT(name) DO UPDATE SET n = n + 1 RETURNING n") \
    X(EVENT_ADD, "INSERT INTO event(id, kind, type, country, actor, time, certainty, main, n_reports, n_roots)" \
      " VALUES(?, ?, ?, ?, ?, '', 'reported', 0, 0, 0)") \
    X(EVENT_SET, "UPDATE event SET type = ?, country = ?, actor = ?, time = ?, first_s = ?, last_s = ?, place = ?," \
      " lat = ?, lon = ?, certainty = ?, main = ?, n_reports = ?, n_roots = ? WHERE row = ?") \
    X(EVENT_DROP, "DELETE FROM event WHERE row = ?") \
    X(LINK_ADD, "INSERT INTO link(telling, event, reason) VALUES(?, ?, ?)") \
    /* dossier.c */ \
    X(TELLERS, "SELECT r.row, r.id, r.sha256, r.title, r.outlet, r.url, r.source, r.published, r.root, t.row, t.type," \
      " t.plover, t.plover_mode, t.cameo, t.start, t.\"end\", t.words, t.main, t.main_reason, t.certainty, k.reason," \
      " r.story, r.author, r.language, r.published_basis, r.reader FROM link AS k JOIN telling AS t ON t.row = k.telling JOIN report AS r ON r.row = t.report" \
      " WHERE k.event = ?1 AND (?2 = 9223372036854775807 OR r.known_day <= ?2)" \
      " ORDER BY ifnull(r.known_day, 9223372036854775807), r.row, t.n") \
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
    X(EVENTS, "SELECT row, id, type, country, actor, time, first_s, place, lat, lon, certainty, main, n_reports," \
      " n_roots FROM event") \
    X(PLACE_OF, "SELECT 1 FROM link AS k JOIN telling AS t ON t.row = k.telling JOIN report AS r ON r.row = t.report" \
      " JOIN claim AS c ON c.telling = t.row WHERE k.event = ?1 AND c.field IN ('origin', 'landing')" \
      " AND instr(lower(c.text), lower(?2)) > 0 AND (?3 = 9223372036854775807 OR r.known_day <= ?3) LIMIT 1") \
    X(FIND, "SELECT row, id FROM event WHERE id >= ?1 AND id < ?1 || char(1114111) ORDER BY id LIMIT 5") \
    X(SPAN, "SELECT row, id, type, country, actor, time, first_s, place, lat, lon, certainty, main, n_reports," \
      " n_roots FROM event WHERE kind = ?1 AND country = ?2 AND first_s BETWEEN ?3 AND ?4 ORDER BY first_s, row") \
    /* chronology.c, judge.c */ \
    X(TOLD_BY, "SELECT 1 FROM link AS k JOIN telling AS t ON t.row = k.telling WHERE k.event = ?1 AND t.report = ?2" \
      " LIMIT 1") \
    X(PROFILE_OF, "SELECT " SLK_PROFILE_COLUMNS ", k.event FROM telling AS t LEFT JOIN link AS k ON k.telling = t.row" \
      " WHERE t.row = ?") \
    X(CHECKS_OF, "SELECT c.report, c.kind, c.verdict, c.says, c.against, c.start, c.\"end\", c.words, c.telling," \
      " c.ordinal, c.since, c.until, c.since_is_event, c.type, c.country, c.actor, r.id, r.published" \
      " FROM checked AS c JOIN report AS r ON r.row = c.report WHERE c.report = ? ORDER BY c.n") \
    X(CLAIMS_OF_ORDER, "SELECT c.report, c.kind, c.verdict, c.says, c.against, c.start, c.\"end\", c.words, c.telling," \
      " c.ordinal, c.since, c.until, c.since_is_event, c.type, c.country, c.actor, r.id, r.published" \
      " FROM checked AS c JOIN report AS r ON r.row = c.report WHERE c.ordinal > 0" \
      " ORDER BY ifnull(r.known_day, 9223372036854775807), r.row, c.n") \
    /* unlink.c */ \
    X(TELLINGS_OF, "SELECT t.row FROM link AS k JOIN telling AS t ON t.row = k.telling JOIN report AS r" \
      " ON r.row = t.report WHERE k.event = ?1 AND (r.id = ?2 OR r.sha256 = ?2) ORDER BY t.row") \
    X(CUT_ADD, "INSERT OR IGNORE INTO cut(telling, event, reason) VALUES(?1, ?2, 'asked for')") \
    X(LINK_DROP, "DELETE FROM link WHERE telling = ?1 AND event = ?2") \
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
      " DO UPDATE SET fetched_s = excluded.fetched_s, status = excluded.status, body = excluded.body")
/* clang-format on */

#endif
