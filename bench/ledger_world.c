/* ledger_world.c - names, places and kinds that synthetic ledgers are drawn from. All of it is invented but the names of the world. */
#include "ledger.h"

const site bench_sites[] = {
    {"Sinpo", "PRK", 40.03, 128.18},       {"Wonsan", "PRK", 39.15, 127.44},  {"Semnan", "IRN", 35.23, 53.92},
    {"Balasore", "IND", 21.49, 86.93},     {"Plesetsk", "RUS", 62.93, 40.57}, {"Kapustin Yar", "RUS", 48.57, 45.75},
    {"Jiuquan", "CHN", 40.96, 100.29},     {"Taiyuan", "CHN", 38.85, 111.6},  {"Kwajalein", "MHL", 8.72, 167.73},
    {"Vandenberg", "USA", 34.74, -120.57}, {"Hassa", "SAU", 25.38, 49.59},    {"Aden", "YEM", 12.8, 45.03},
    {"Hodeida", "YEM", 14.8, 42.95},       {"Gaza", "PSE", 31.5, 34.47},      {"Haifa", "ISR", 32.79, 34.99},
    {"Aleppo", "SYR", 36.2, 37.16},        {"Mosul", "IRQ", 36.34, 43.13},    {"Kabul", "AFG", 34.53, 69.17},
    {"Quetta", "PAK", 30.18, 67.0},        {"Mogadishu", "SOM", 2.04, 45.34}, {"Khartoum", "SDN", 15.5, 32.56},
    {"Tripoli", "LBY", 32.89, 13.19},      {"Bamako", "MLI", 12.65, -8.0},    {"Maiduguri", "NGA", 11.85, 13.16},
    {"Goma", "COD", -1.67, 29.22},         {"Donetsk", "UKR", 48.0, 37.8},    {"Kharkiv", "UKR", 49.99, 36.23},
    {"Sevastopol", "UKR", 44.61, 33.52},   {"Suva", "FJI", -18.14, 178.44},   {"Bogota", "COL", 4.71, -74.07}};
const unsigned bench_n_sites = sizeof bench_sites / sizeof *bench_sites;
const char *const bench_types[N_TYPES] = {"weapon-test.missile.ballistic",
                                          "attack.shelling",
                                          "attack.bombing",
                                          "protest",
                                          "attack.drone",
                                          "attack.armed",
                                          "meeting",
                                          "statement",
                                          "weapon-test.missile.cruise",
                                          "exercise",
                                          "arrest",
                                          "sanction",
                                          "agreement",
                                          "deployment",
                                          "weapon-test.missile",
                                          "attack.air",
                                          "threat",
                                          "weapon-test.nuclear",
                                          "space-launch",
                                          "protest.strike",
                                          "aid",
                                          "cyber",
                                          "attack",
                                          "weapon-test.missile.hypersonic"};
const char *const bench_weapons[N_WEAPONS] = {"SRBM",      "cruise", "MRBM", "UAV",
                                              "artillery", "bomb",   "SAM",  "hypersonic"};
const char *const bench_outlets[N_OUTLETS] = {
    "Meridian Wire",    "Meridian Post",   "Meridian Courier", "Meridian Herald", "Meridian Gazette", "Harbour Wire",
    "Harbour Post",     "Harbour Courier", "Harbour Herald",   "Harbour Gazette", "Northern Wire",    "Northern Post",
    "Northern Courier", "Northern Herald", "Northern Gazette", "Daily Wire",      "Daily Post",       "Daily Courier",
    "Daily Herald",     "Daily Gazette",   "Evening Wire",     "Evening Post",    "Evening Courier",  "Evening Herald",
    "Evening Gazette",  "Valley Wire",     "Valley Post",      "Valley Courier",  "Valley Herald",    "Valley Gazette",
    "Capital Wire",     "Capital Post",    "Capital Courier",  "Capital Herald",  "Capital Gazette",  "Coastal Wire",
    "Coastal Post",     "Coastal Courier", "Coastal Herald",   "Coastal Gazette"};
const char *const bench_words[N_WORDS] = {
    "harbour",   "fortress",   "lantern",   "terrace",    "convoy",    "border",     "hillside",  "workshop",
    "village",   "checkpoint", "market",    "bridge",     "airfield",  "railway",    "warehouse", "ministry",
    "spokesman", "witness",    "resident",  "commander",  "battery",   "column",     "patrol",    "garrison",
    "quarry",    "orchard",    "canal",     "lighthouse", "refinery",  "substation", "hospital",  "schoolyard",
    "square",    "district",   "province",  "coast",      "island",    "channel",    "plateau",   "ridge",
    "forest",    "desert",     "oasis",     "delta",      "peninsula", "depot",      "hangar",    "runway",
    "barracks",  "embassy",    "consulate", "parliament", "stadium",   "cathedral",  "monastery", "factory",
    "pipeline",  "reservoir",  "dam",       "tunnel",     "viaduct",   "station",    "terminal",  "customs"};
const char *const bench_countries[N_COUNTRIES][2] = {
    {"Russia", "RUS"},      {"Israel", "ISR"},  {"North Korea", "PRK"},   {"Syria", "SYR"},
    {"Iran", "IRN"},        {"Ukraine", "UKR"}, {"United States", "USA"}, {"China", "CHN"},
    {"Yemen", "YEM"},       {"Iraq", "IRQ"},    {"Afghanistan", "AFG"},   {"Pakistan", "PAK"},
    {"India", "IND"},       {"Somalia", "SOM"}, {"Sudan", "SDN"},         {"Libya", "LBY"},
    {"Mali", "MLI"},        {"Nigeria", "NGA"}, {"Turkey", "TUR"},        {"Saudi Arabia", "SAU"},
    {"South Korea", "KOR"}, {"Japan", "JPN"},   {"Egypt", "EGY"},         {"Ethiopia", "ETH"},
    {"Colombia", "COL"},    {"Mexico", "MEX"},  {"Philippines", "PHL"},   {"Myanmar", "MMR"},
    {"Lebanon", "LBN"},     {"Jordan", "JOR"},  {"France", "FRA"},        {"United Kingdom", "GBR"},
    {"Germany", "DEU"},     {"Poland", "POL"},  {"Kenya", "KEN"},         {"Chad", "TCD"},
    {"Niger", "NER"},       {"Haiti", "HTI"},   {"Armenia", "ARM"},       {"Fiji", "FJI"}};

static uint64_t seed = 20270310;

uint64_t bench_draw(void) { /* splitmix64 */
    uint64_t z = seed += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

unsigned bench_below(unsigned n) { return (unsigned)((bench_draw() >> 32) * n >> 32); }

unsigned bench_skewed(unsigned n) {
    unsigned a = bench_below(n), b = bench_below(n), c = bench_below(n);
    a = a < b ? a : b;
    return a < c ? a : c;
}

void bench_fail(const char *what, const char *why) {
    (void)fprintf(stderr, "bench-ledger: %s: %s\n", what, why);
    exit(1);
}

double bench_seconds(clockid_t clock) {
    struct timespec t;
    if (clock_gettime(clock, &t) != 0) bench_fail("clock", "none");
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}
