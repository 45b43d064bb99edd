/* modes_end.c - insertion modes of text, templates, framesets, and of what follows the body. See parser.h. */
#include "base/text.h"
#include "intake/html/parser.h"

static bool starts(const slk_html_token *t, slk_tag tag) { return t->kind == SLK_HTML_START && t->tag == tag; }
static bool ends(const slk_html_token *t, slk_tag tag) { return t->kind == SLK_HTML_END && t->tag == tag; }

void slk_mode_text(slk_parser *p, slk_html_token *t) {
    if (t->kind == SLK_HTML_TEXT) {
        slk_parser_text(p, t);
        return;
    }
    slk_parser_pop(p);
    p->mode = p->original;
    if (t->kind == SLK_HTML_EOF) slk_parser_again_as(p, t, p->original);
}

static void template_as(slk_parser *p, slk_html_token *t, slk_mode mode) {
    if (p->templates.n) p->templates.at[p->templates.n - 1] = (uint8_t)mode;
    slk_parser_again_as(p, t, mode);
}

static void template_eof(slk_parser *p, slk_html_token *t) {
    if (!slk_parser_open_has(p, SLK_TAG_TEMPLATE)) {
        slk_parser_stop(p);
        return;
    }
    slk_parser_pop_until(p, SLK_TAG_TEMPLATE);
    slk_parser_clear_to_marker(p);
    if (p->templates.n) p->templates.n--;
    slk_parser_reset_mode(p);
    slk_parser_again_as(p, t, p->mode);
}

static void template_start(slk_parser *p, slk_html_token *t) {
    switch (t->tag) {
    case SLK_TAG_BASE:
    case SLK_TAG_BASEFONT:
    case SLK_TAG_BGSOUND:
    case SLK_TAG_LINK:
    case SLK_TAG_META:
    case SLK_TAG_NOFRAMES:
    case SLK_TAG_SCRIPT:
    case SLK_TAG_STYLE:
    case SLK_TAG_TEMPLATE:
    case SLK_TAG_TITLE: slk_parser_run(p, t, SLK_MODE_IN_HEAD); break;
    case SLK_TAG_CAPTION:
    case SLK_TAG_COLGROUP:
    case SLK_TAG_TBODY:
    case SLK_TAG_TFOOT:
    case SLK_TAG_THEAD: template_as(p, t, SLK_MODE_IN_TABLE); break;
    case SLK_TAG_COL: template_as(p, t, SLK_MODE_IN_COLUMN_GROUP); break;
    case SLK_TAG_TR: template_as(p, t, SLK_MODE_IN_TABLE_BODY); break;
    case SLK_TAG_TD:
    case SLK_TAG_TH: template_as(p, t, SLK_MODE_IN_ROW); break;
    default: template_as(p, t, SLK_MODE_IN_BODY); break;
    }
}

void slk_mode_in_template(slk_parser *p, slk_html_token *t) {
    if (t->kind == SLK_HTML_START)
        template_start(p, t);
    else if (t->kind == SLK_HTML_EOF)
        template_eof(p, t);
    else if (ends(t, SLK_TAG_TEMPLATE))
        slk_template_end(p);
    else if (t->kind != SLK_HTML_END)
        slk_parser_run(p, t, SLK_MODE_IN_BODY);
}

/* White space and <html> behind the body are taken as in it; true where nothing is left of the token. */
static bool as_in_body(slk_parser *p, slk_html_token *t) {
    slk_html_token space;
    if (slk_html_split_space(t, &space)) slk_parser_run(p, &space, SLK_MODE_IN_BODY);
    if (starts(t, SLK_TAG_HTML)) {
        slk_parser_run(p, t, SLK_MODE_IN_BODY);
        return true;
    }
    return t->kind == SLK_HTML_DOCTYPE || (t->kind == SLK_HTML_TEXT && t->text.n == 0);
}

void slk_mode_after_body(slk_parser *p, slk_html_token *t) {
    if (as_in_body(p, t)) return;
    if (t->kind == SLK_HTML_COMMENT) {
        slk_parser_comment(p, t, p->open.n ? p->open.at[0] : p->document);
    } else if (ends(t, SLK_TAG_HTML)) {
        if (!p->context) p->mode = SLK_MODE_AFTER_AFTER_BODY;
    } else if (t->kind == SLK_HTML_EOF) {
        slk_parser_stop(p);
    } else {
        slk_parser_again_as(p, t, SLK_MODE_IN_BODY);
    }
}

void slk_mode_after_after_body(slk_parser *p, slk_html_token *t) {
    if (as_in_body(p, t)) return;
    if (t->kind == SLK_HTML_COMMENT)
        slk_parser_comment(p, t, p->document);
    else if (t->kind == SLK_HTML_EOF)
        slk_parser_stop(p);
    else
        slk_parser_again_as(p, t, SLK_MODE_IN_BODY);
}

/* Of a text among frames only the white space stays. */
static void only_space(slk_parser *p, slk_html_token *t, slk_mode mode) {
    while (t->text.n) {
        slk_html_token space;
        if (slk_html_split_space(t, &space)) {
            if (mode == SLK_MODE_IN_BODY)
                slk_parser_run(p, &space, mode);
            else
                slk_parser_text(p, &space);
        }
        size_t n = 0;
        while (n < t->text.n && !slk_html_space(t->text.at[n])) n++;
        if (t->to_b - t->from_b == t->text.n) t->from_b += (uint32_t)n;
        t->text = (slk_text){t->text.at + n, t->text.n - n};
    }
}

/* What both modes of framesets do alike; true where the token is dealt with. */
static bool frames(slk_parser *p, slk_html_token *t) {
    if (t->kind == SLK_HTML_TEXT)
        only_space(p, t, p->mode);
    else if (t->kind == SLK_HTML_COMMENT)
        slk_parser_comment(p, t, NULL);
    else if (starts(t, SLK_TAG_HTML))
        slk_parser_run(p, t, SLK_MODE_IN_BODY);
    else if (starts(t, SLK_TAG_NOFRAMES))
        slk_parser_run(p, t, SLK_MODE_IN_HEAD);
    else if (t->kind == SLK_HTML_EOF)
        slk_parser_stop(p);
    else
        return false;
    return true;
}

void slk_mode_in_frameset(slk_parser *p, slk_html_token *t) {
    if (frames(p, t)) return;
    if (starts(t, SLK_TAG_FRAMESET)) {
        (void)slk_parser_insert(p, t);
    } else if (starts(t, SLK_TAG_FRAME)) {
        slk_parser_insert_void(p, t);
    } else if (ends(t, SLK_TAG_FRAMESET) && p->open.n > 1) {
        slk_parser_pop(p);
        if (!p->context && !slk_parser_current_is(p, SLK_TAG_FRAMESET)) p->mode = SLK_MODE_AFTER_FRAMESET;
    }
}

void slk_mode_after_frameset(slk_parser *p, slk_html_token *t) {
    if (frames(p, t)) return;
    if (ends(t, SLK_TAG_HTML)) p->mode = SLK_MODE_AFTER_AFTER_FRAMESET;
}

void slk_mode_after_after_frameset(slk_parser *p, slk_html_token *t) {
    if (t->kind == SLK_HTML_TEXT)
        only_space(p, t, SLK_MODE_IN_BODY);
    else if (t->kind == SLK_HTML_COMMENT)
        slk_parser_comment(p, t, p->document);
    else if (starts(t, SLK_TAG_HTML))
        slk_parser_run(p, t, SLK_MODE_IN_BODY);
    else if (starts(t, SLK_TAG_NOFRAMES))
        slk_parser_run(p, t, SLK_MODE_IN_HEAD);
    else if (t->kind == SLK_HTML_EOF)
        slk_parser_stop(p);
}
