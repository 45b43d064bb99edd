-- A ledger of schema 1 with two invented reports: what an older sillok left behind.
PRAGMA application_id = 1399417963;
PRAGMA user_version = 1;
CREATE TABLE report( row INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, id TEXT NOT NULL, source TEXT, title TEXT, outlet TEXT, author TEXT, url TEXT, language TEXT, published TEXT NOT NULL, published_basis TEXT NOT NULL, known_day INTEGER, added_s INTEGER, root TEXT NOT NULL, text TEXT NOT NULL) STRICT;
CREATE INDEX report_id ON report(id);
CREATE TABLE chain( row INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, text TEXT NOT NULL, names TEXT NOT NULL, root TEXT NOT NULL, root_country TEXT NOT NULL) STRICT;
CREATE TABLE event( row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, type TEXT NOT NULL, country TEXT NOT NULL, actor TEXT, time TEXT NOT NULL, first_s INTEGER, last_s INTEGER, place TEXT, lat REAL, lon REAL, certainty TEXT NOT NULL, main INTEGER NOT NULL, n_reports INTEGER NOT NULL, n_roots INTEGER NOT NULL) STRICT;
CREATE INDEX event_when ON event(kind, country, first_s);
CREATE TABLE telling( row INTEGER PRIMARY KEY, report INTEGER NOT NULL REFERENCES report(row), n INTEGER NOT NULL, kind TEXT NOT NULL, type TEXT NOT NULL, plover TEXT, plover_mode TEXT, cameo TEXT, start INTEGER NOT NULL, "end" INTEGER NOT NULL, words TEXT NOT NULL, main INTEGER NOT NULL, main_reason TEXT, certainty TEXT NOT NULL, country TEXT NOT NULL, actor TEXT, target TEXT NOT NULL, time TEXT NOT NULL, first_s INTEGER, last_s INTEGER, assumed INTEGER NOT NULL, place TEXT, lat REAL, lon REAL, weapon TEXT, root TEXT NOT NULL, party INTEGER NOT NULL, UNIQUE(report, n)) STRICT;
CREATE TABLE link( telling INTEGER PRIMARY KEY REFERENCES telling(row), event INTEGER NOT NULL REFERENCES event(row), reason TEXT NOT NULL) STRICT;
CREATE INDEX link_event ON link(event, telling);
CREATE TABLE series( name TEXT PRIMARY KEY, n INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE cut( telling INTEGER NOT NULL REFERENCES telling(row), event INTEGER NOT NULL REFERENCES event(row), reason TEXT NOT NULL, PRIMARY KEY(telling, event)) STRICT;
CREATE TABLE claim( row INTEGER PRIMARY KEY, telling INTEGER NOT NULL REFERENCES telling(row), field TEXT NOT NULL, chain INTEGER REFERENCES chain(row), kind TEXT NOT NULL, text TEXT, unit TEXT, zone TEXT, low REAL, high REAL, si REAL, si_high REAL, bound TEXT NOT NULL, time TEXT NOT NULL, country TEXT NOT NULL, sector TEXT NOT NULL, lat REAL, lon REAL, place_kind TEXT, basis TEXT NOT NULL, stance TEXT NOT NULL, certainty TEXT NOT NULL, note TEXT) STRICT;
CREATE INDEX claim_telling ON claim(telling);
CREATE TABLE evidence( claim INTEGER NOT NULL REFERENCES claim(row), n INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, words TEXT NOT NULL, PRIMARY KEY(claim, n)) STRICT, WITHOUT ROWID;
CREATE TABLE withheld( telling INTEGER NOT NULL REFERENCES telling(row), n INTEGER NOT NULL, field TEXT NOT NULL, chain INTEGER REFERENCES chain(row), start INTEGER NOT NULL, "end" INTEGER NOT NULL, words TEXT NOT NULL, PRIMARY KEY(telling, n)) STRICT, WITHOUT ROWID;
CREATE TABLE checked( row INTEGER PRIMARY KEY, report INTEGER NOT NULL REFERENCES report(row), n INTEGER NOT NULL, kind TEXT NOT NULL, verdict TEXT NOT NULL, says TEXT NOT NULL, against TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, words TEXT NOT NULL, telling INTEGER REFERENCES telling(row), ordinal INTEGER NOT NULL, since TEXT NOT NULL, until TEXT NOT NULL, since_is_event INTEGER NOT NULL, type TEXT, country TEXT NOT NULL, actor TEXT, UNIQUE(report, n)) STRICT;
INSERT INTO report VALUES(1,'8250b253efd174f5c895aab3ecf7a88fe1011a3b806a843ad52a042bba3ec38c','a-1','https://wire.example/a/1','Two missiles','Meridian Wire',NULL,'https://wire.example/a/1','en','2027-03-10','given',20887,0,'outlet:meridian wire','Iran fired two short-range ballistic missiles from Semnan on Tuesday, state television said.');
INSERT INTO report VALUES(2,'c9dfd2ceae8985b003964dcf8b55d7cd90eb141254d6795d19a4db5b02b99f14','b-1','/tmp/ledger/r.jsonl',NULL,'Harbour Post',NULL,NULL,'en','2027-03-11','given',20888,0,'outlet:harbour post','Iran fired three short-range ballistic missiles on March 9, a military spokesman said. It was the second launch this week.');
INSERT INTO chain VALUES(1,'outlet:irib
IRIB
','IRIB','IRIB','outlet:irib','');
INSERT INTO chain VALUES(2,'UNK:military spokesman
military spokesman
','military spokesman','military spokesman','UNK:military spokesman','');
INSERT INTO event VALUES(1,'IR-2027-03-09-weapon-test-1','launch','weapon-test.missile.ballistic','IRN','Iran','2027-03-09',1804537800,1804624199,'Semnan',35.577,53.392,'reported',1,2,2);
INSERT INTO telling VALUES(1,1,0,'launch','weapon-test.missile.ballistic','MOBILIZE','weapons','150',5,10,'fired',1,'the main clause of the lead tells of it','claimed','IRN','Iran','','2027-03-09',1804537800,1804624199,0,'Semnan',35.577,53.392,'SRBM','outlet:irib',0);
INSERT INTO telling VALUES(2,2,0,'launch','weapon-test.missile.ballistic','MOBILIZE','weapons','150',5,10,'fired',1,'the main clause of the lead tells of it','reported','IRN','Iran','','2027-03-09',1804537800,1804624199,0,NULL,NULL,NULL,'SRBM','UNK:military spokesman',0);
INSERT INTO link VALUES(1,1,'first telling');
INSERT INTO link VALUES(2,1,'same kind and actor, same day, same weapon class');
INSERT INTO series VALUES('IR-2027-03-09-weapon-test',1);
INSERT INTO claim VALUES(1,1,'actor',1,'actor','Iran',NULL,NULL,NULL,NULL,NULL,NULL,'exact','','IRN','GOV',NULL,NULL,NULL,'stated','reports','CT+',NULL);
INSERT INTO claim VALUES(2,1,'weapon',1,'text','short-range ballistic missiles',NULL,NULL,NULL,NULL,NULL,NULL,'exact','','','',NULL,NULL,NULL,'stated','reports','CT+',NULL);
INSERT INTO claim VALUES(3,1,'weapon_class',1,'text','SRBM',NULL,NULL,NULL,NULL,NULL,NULL,'exact','','','',NULL,NULL,NULL,'stated','reports','CT+',NULL);
INSERT INTO claim VALUES(4,1,'count',1,'count',NULL,NULL,NULL,2.0,2.0,NULL,NULL,'exact','','','',NULL,NULL,NULL,'stated','reports','CT+',NULL);
INSERT INTO claim VALUES(5,1,'origin',1,'place','Semnan',NULL,NULL,NULL,NULL,NULL,NULL,'exact','','IRN','',35.577,53.392,'PPLA','resolved','reports','CT+',NULL);
INSERT INTO claim VALUES(6,1,'time',1,'time','2027-03-09',NULL,NULL,NULL,NULL,NULL,NULL,'exact','2027-03-09','','',NULL,NULL,NULL,'resolved','reports','CT+',NULL);
INSERT INTO claim VALUES(7,2,'actor',2,'actor','Iran',NULL,NULL,NULL,NULL,NULL,NULL,'exact','','IRN','GOV',NULL,NULL,NULL,'stated','reports','CT+',NULL);
INSERT INTO claim VALUES(8,2,'weapon',2,'text','short-range ballistic missiles',NULL,NULL,NULL,NULL,NULL,NULL,'exact','','','',NULL,NULL,NULL,'stated','reports','CT+',NULL);
INSERT INTO claim VALUES(9,2,'weapon_class',2,'text','SRBM',NULL,NULL,NULL,NULL,NULL,NULL,'exact','','','',NULL,NULL,NULL,'stated','reports','CT+',NULL);
INSERT INTO claim VALUES(10,2,'count',2,'count',NULL,NULL,NULL,3.0,3.0,NULL,NULL,'exact','','','',NULL,NULL,NULL,'stated','reports','CT+',NULL);
INSERT INTO claim VALUES(11,2,'time',2,'time','2027-03-09',NULL,NULL,NULL,NULL,NULL,NULL,'exact','2027-03-09','','',NULL,NULL,NULL,'resolved','reports','CT+',NULL);
INSERT INTO evidence VALUES(1,0,0,4,'Iran');
INSERT INTO evidence VALUES(2,0,15,45,'short-range ballistic missiles');
INSERT INTO evidence VALUES(3,0,15,45,'short-range ballistic missiles');
INSERT INTO evidence VALUES(4,0,11,14,'two');
INSERT INTO evidence VALUES(5,0,51,57,'Semnan');
INSERT INTO evidence VALUES(6,0,61,68,'Tuesday');
INSERT INTO evidence VALUES(7,0,0,4,'Iran');
INSERT INTO evidence VALUES(8,0,17,47,'short-range ballistic missiles');
INSERT INTO evidence VALUES(9,0,17,47,'short-range ballistic missiles');
INSERT INTO evidence VALUES(10,0,11,16,'three');
INSERT INTO evidence VALUES(11,0,51,58,'March 9');
INSERT INTO checked VALUES(1,2,0,'nth-in-window','cannot-tell','the ledger knows of only 0 such events before it in that window; it need not know all','',98,121,'second launch this week',2,2,'2027-03-08','2027-03-14',0,'weapon-test.missile','IRN','Iran');
