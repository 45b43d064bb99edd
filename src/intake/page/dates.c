/* dates.c - when a page says it was published, and how that is known: JSON-LD, meta elements, <time> and elements that call themselves
 * a date, the address, a date near the headline, the dateline. What says it was changed is kept apart, and stands in only where nothing
 * else is said. The machine's clock is not asked. */
#include "intake/page/dates.h"

#include "base/calendar.h"
#include "base/text.h"
#include "intake/page/date_text.h"
#include "intake/published.h"

#define SAME_MOMENT_S 3600
#define DAYS_APART 2 /* less is a matter of time zones */

/* The same moment by the newsroom's clock says more than by that of Greenwich. */
static bool tells_zone(slk_instant known, slk_instant when) {
    if (known.precision < SLK_P_MINUTE || when.precision < SLK_P_MINUTE) return false;
    if (!known.has_offset || known.offset_min || !when.has_offset || !when.offset_min) return false;
    int64_t apart = slk_instant_seconds(known) - slk_instant_seconds(when);
    return apart <= SAME_MOMENT_S && apart >= -SAME_MOMENT_S;
}

void slk_date_offer(slk_date_search *s, slk_date_rank r, slk_instant when, slk_published_basis basis, const char *how) {
    if (when.precision < SLK_P_DAY) return;
    if (r >= s->best) {
        if (tells_zone(s->out->published, when)) s->out->published = when;
        return;
    }
    s->best = r;
    s->out->published = when;
    s->out->published_basis = basis;
    s->out->published_how = how;
}

void slk_date_offer_update(slk_date_search *s, slk_instant when) {
    if (s->out->updated.precision == SLK_P_NONE) s->out->updated = when;
}

/* Months first in American pages, and in English ones that do not say which English. */
static bool months_come_first(const char *language) {
    if (!language) return true;
    slk_text l = slk_text_of(language);
    return slk_text_starts_fold(l, "en-us") || slk_text_starts_fold(l, "en_us") || slk_text_is_fold(l, "en");
}

void slk_facts_json_dates(const json_t *object, slk_said *published, slk_said *created, slk_said *updated,
                          const slk_pack *pack) {
    static const char *const names[] = {"datePublished", "dateCreated", "dateModified"};
    static const char *const hows[] = {"JSON-LD datePublished", "JSON-LD dateCreated", "JSON-LD dateModified"};
    slk_said *slots[] = {published, created, updated};
    for (size_t i = 0; i < 3; i++) {
        const char *z = json_string_value(json_object_get(object, names[i]));
        slk_instant when;
        if (slots[i]->how || !z || !slk_date_text(pack, slk_text_of(z), true, &when)) continue;
        *slots[i] = (slk_said){when, hows[i]};
    }
}

void slk_facts_meta_date(const slk_pack *pack, slk_text name, slk_text content, slk_facts *facts) {
    uint32_t row;
    char small[64];
    slk_instant when;
    if (name.n > sizeof small) return;
    for (size_t i = 0; i < name.n; i++) small[i] = slk_lower(name.at[i]);
    row = slk_pack_find(pack, SLK_T_PAGE_METAS, (slk_text){small, name.n});
    if (row == SLK_NONE || !slk_date_text(pack, content, true, &when)) return;
    slk_text kind = slk_pack_cell(pack, SLK_T_PAGE_METAS, row, SLK_PAGE_METAS_KIND);
    const char *how = slk_pack_str(pack, SLK_T_PAGE_METAS, row, SLK_PAGE_METAS_NAME);
    slk_said *slot = slk_text_is(kind, "published") ? &facts->meta_published
                     : slk_text_is(kind, "created") ? &facts->meta_created
                                                    : &facts->meta_updated;
    if (!slot->how) *slot = (slk_said){when, how};
}

/* Some publishing systems write the day of the last change into both fields; what readers see is older then. */
static void mistrust_json(slk_date_search *s) {
    slk_instant changed = s->facts->json_updated.when, said = s->out->published;
    if (s->best != SLK_RANK_JSON || changed.precision < SLK_P_DAY || s->seen.precision < SLK_P_DAY) return;
    bool days = changed.precision == SLK_P_DAY && said.precision == SLK_P_DAY;
    if (!slk_instant_eq(said, changed) && !(days && slk_instant_days(said) > slk_instant_days(changed))) return;
    if (slk_instant_days(s->seen) > slk_instant_days(said) - DAYS_APART) return;
    s->out->published = s->seen;
    s->out->published_how = "a date beside the headline";
}

/* The first large heading that is not folded into something else. */
static const slk_node *headline_of(const slk_flat *f) {
    const slk_node *any = NULL;
    for (const slk_node *n = f->body; n; n = slk_node_next(f->body, n, false)) {
        if (!slk_node_is(n, SLK_TAG_H1)) continue;
        slk_why why = (slk_why)f->elements[n->id].why;
        if (why <= SLK_WHY_CONTENT) return n;
        if (!any && why != SLK_WHY_HIDDEN && why != SLK_WHY_COMMENT) any = n;
    }
    return any;
}

void slk_dates_find(const slk_flat *f, const slk_facts *facts, const char *url, slk_page *out) {
    slk_date_lexicon words;
    slk_date_lexicon_load(&words, f->pack);
    slk_date_search s = {.f = f,
                         .facts = facts,
                         .words = &words,
                         .out = out,
                         .best = SLK_RANK_NONE,
                         .headline = headline_of(f),
                         .month_first = months_come_first(facts->language)};
    slk_instant when;
    slk_published_basis basis;
    static const slk_text none = {"", 0};
    slk_date_offer(&s, SLK_RANK_JSON, facts->json_published.when, SLK_PUB_METADATA, facts->json_published.how);
    slk_date_offer(&s, SLK_RANK_META, facts->meta_published.when, SLK_PUB_METADATA, facts->meta_published.how);
    slk_date_offer(&s, SLK_RANK_CREATED, facts->json_created.when, SLK_PUB_METADATA, facts->json_created.how);
    slk_date_offer(&s, SLK_RANK_CREATED, facts->meta_created.when, SLK_PUB_METADATA, facts->meta_created.how);
    slk_date_offer_update(&s, facts->json_updated.when);
    slk_date_offer_update(&s, facts->meta_updated.when);
    if (slk_published_find(f->pack, none, url, &when, &basis) ||
        slk_published_find(f->pack, none, facts->url, &when, &basis))
        slk_date_offer(&s, SLK_RANK_URL, when, SLK_PUB_URL, "the address");
    slk_dates_hear_elements(&s);
    if (slk_published_find(f->pack, out->text, NULL, &when, &basis))
        slk_date_offer(&s, SLK_RANK_DATELINE, when, basis, "dateline");
    slk_dates_hear_blocks(&s);
    slk_date_offer(&s, SLK_RANK_UPDATED, out->updated, SLK_PUB_INFERRED, "the last change");
    mistrust_json(&s);
}
