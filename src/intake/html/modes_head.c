/* modes_head.c - insertion modes from the first byte up to <body>. See parser.h. */
#include "base/text.h"
#include "intake/html/parser.h"

bool slk_html_blank(slk_text t) {
    for (size_t i = 0; i < t.n; i++)
        if (!slk_html_space(t.at[i])) return false;
    return true;
}

bool slk_html_split_space(slk_html_token *t, slk_html_token *space) {
    size_t n = 0;
    if (t->kind != SLK_HTML_TEXT) return false;
    while (n < t->text.n && slk_html_space(t->text.at[n])) n++;
    if (n == 0) return false;
    *space = *t;
    space->text.n = n;
    bool verbatim = t->to_b - t->from_b == t->text.n;
    if (verbatim) space->to_b = t->from_b + (uint32_t)n;
    if (verbatim) t->from_b += (uint32_t)n;
    t->text = (slk_text){t->text.at + n, t->text.n - n};
    return true;
}

static bool is_empty(const slk_html_token *t) { return t->kind == SLK_HTML_TEXT && t->text.n == 0; }
static bool starts(const slk_html_token *t, slk_tag tag) { return t->kind == SLK_HTML_START && t->tag == tag; }

/* Before the body white space is dropped or, with `keep`, inserted. True where nothing is left of the token. */
static bool take_space(slk_parser *p, slk_html_token *t, bool keep) {
    slk_html_token space;
    if (slk_html_split_space(t, &space) && keep) slk_parser_text(p, &space);
    return is_empty(t);
}

/* An end tag that these modes ignore: all but a few. */
static bool is_stray_end(const slk_html_token *t, bool head) {
    if (t->kind != SLK_HTML_END) return false;
    return t->tag != SLK_TAG_BODY && t->tag != SLK_TAG_HTML && t->tag != SLK_TAG_BR &&
           !(head && t->tag == SLK_TAG_HEAD);
}

/* Public identifiers of doctypes that ask for quirks (13.2.6.4.1). */
static bool is_quirky(const slk_doctype *d) {
    static const char *const whole[] = {"-//w3o//dtd w3 html strict 3.0//en//", "-/w3c/dtd html 4.0 transitional/en",
                                        "html"};
    static const char *const begins[] = {
        "+//silmaril//dtd html pro v0r11 19970101//",
        "-//as//dtd html 3.0 aswedit + extensions//",
        "-//advasoft ltd//dtd html 3.0 aswedit + extensions//",
        "-//ietf//dtd html 2.0 level 1//",
        "-//ietf//dtd html 2.0 level 2//",
        "-//ietf//dtd html 2.0 strict level 1//",
        "-//ietf//dtd html 2.0 strict level 2//",
        "-//ietf//dtd html 2.0 strict//",
        "-//ietf//dtd html 2.0//",
        "-//ietf//dtd html 2.1e//",
        "-//ietf//dtd html 3.0//",
        "-//ietf//dtd html 3.2 final//",
        "-//ietf//dtd html 3.2//",
        "-//ietf//dtd html 3//",
        "-//ietf//dtd html level 0//",
        "-//ietf//dtd html level 1//",
        "-//ietf//dtd html level 2//",
        "-//ietf//dtd html level 3//",
        "-//ietf//dtd html strict level 0//",
        "-//ietf//dtd html strict level 1//",
        "-//ietf//dtd html strict level 2//",
        "-//ietf//dtd html strict level 3//",
        "-//ietf//dtd html strict//",
        "-//ietf//dtd html//",
        "-//metrius//dtd metrius presentational//",
        "-//microsoft//dtd internet explorer 2.0 html strict//",
        "-//microsoft//dtd internet explorer 2.0 html//",
        "-//microsoft//dtd internet explorer 2.0 tables//",
        "-//microsoft//dtd internet explorer 3.0 html strict//",
        "-//microsoft//dtd internet explorer 3.0 html//",
        "-//microsoft//dtd internet explorer 3.0 tables//",
        "-//netscape comm. corp.//dtd html//",
        "-//netscape comm. corp.//dtd strict html//",
        "-//o'reilly and associates//dtd html 2.0//",
        "-//o'reilly and associates//dtd html extended 1.0//",
        "-//o'reilly and associates//dtd html extended relaxed 1.0//",
        "-//sq//dtd html 2.0 hotmetal + extensions//",
        "-//softquad software//dtd hotmetal pro 6.0::19990601::extensions to html 4.0//",
        "-//softquad//dtd hotmetal pro 4.0::19971010::extensions to html 4.0//",
        "-//spyglass//dtd html 2.0 extended//",
        "-//sun microsystems corp.//dtd hotjava html//",
        "-//sun microsystems corp.//dtd hotjava strict html//",
        "-//w3c//dtd html 3 1995-03-24//",
        "-//w3c//dtd html 3.2 draft//",
        "-//w3c//dtd html 3.2 final//",
        "-//w3c//dtd html 3.2//",
        "-//w3c//dtd html 3.2s draft//",
        "-//w3c//dtd html 4.0 frameset//",
        "-//w3c//dtd html 4.0 transitional//",
        "-//w3c//dtd html experimental 19960712//",
        "-//w3c//dtd html experimental 970421//",
        "-//w3c//dtd w3 html//",
        "-//w3o//dtd w3 html 3.0//",
        "-//webtechs//dtd mozilla html 2.0//",
        "-//webtechs//dtd mozilla html//"};
    static const char *const without_system[] = {"-//w3c//dtd html 4.01 frameset//",
                                                 "-//w3c//dtd html 4.01 transitional//"};
    if (d->quirks || !slk_text_is(d->name, "html")) return true;
    if (d->system_id.at && slk_text_is_fold(d->system_id, "http://www.ibm.com/data/dtd/v11/ibmxhtml1-transitional.dtd"))
        return true;
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
        if (slk_text_is_fold(d->public_id, whole[i])) return true;
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++)
        if (slk_text_starts_fold(d->public_id, begins[i])) return true;
    for (size_t i = 0; i < sizeof without_system / sizeof *without_system && !d->system_id.at; i++)
        if (slk_text_starts_fold(d->public_id, without_system[i])) return true;
    return false;
}

static void add_doctype(slk_parser *p, const slk_html_token *t) {
    slk_node *n = slk_parser_node(p, SLK_NODE_DOCTYPE, t->from_b);
    if (!n) return;
    n->doctype = slk_arena_take(p->arena, sizeof *n->doctype);
    if (!n->doctype) {
        p->err = SLK_ENOMEM;
        return;
    }
    *n->doctype = t->doctype;
    slk_parser_put((slk_spot){p->document, NULL}, n);
}

void slk_mode_initial(slk_parser *p, slk_html_token *t) {
    if (take_space(p, t, false)) return;
    if (t->kind == SLK_HTML_COMMENT) {
        slk_parser_comment(p, t, p->document);
        return;
    }
    if (t->kind == SLK_HTML_DOCTYPE) {
        add_doctype(p, t);
        p->quirks = is_quirky(&t->doctype);
        p->mode = SLK_MODE_BEFORE_HTML;
        return;
    }
    p->quirks = true;
    slk_parser_again_as(p, t, SLK_MODE_BEFORE_HTML);
}

void slk_mode_before_html(slk_parser *p, slk_html_token *t) {
    if (t->kind == SLK_HTML_DOCTYPE || take_space(p, t, false) || is_stray_end(t, true)) return;
    if (t->kind == SLK_HTML_COMMENT) {
        slk_parser_comment(p, t, p->document);
        return;
    }
    slk_html_token made = {
        .kind = SLK_HTML_START, .tag = SLK_TAG_HTML, .from_b = t->from_b, .text = slk_text_of("html")};
    bool own = starts(t, SLK_TAG_HTML);
    slk_node *n = slk_parser_element(p, own ? t : &made, SLK_NS_HTML);
    slk_parser_put((slk_spot){p->document, NULL}, n);
    slk_parser_push(p, n);
    p->mode = SLK_MODE_BEFORE_HEAD;
    if (!own) slk_parser_again_as(p, t, SLK_MODE_BEFORE_HEAD);
}

void slk_mode_before_head(slk_parser *p, slk_html_token *t) {
    if (t->kind == SLK_HTML_DOCTYPE || take_space(p, t, false) || is_stray_end(t, true)) return;
    if (t->kind == SLK_HTML_COMMENT) {
        slk_parser_comment(p, t, NULL);
        return;
    }
    if (starts(t, SLK_TAG_HTML)) {
        slk_parser_run(p, t, SLK_MODE_IN_BODY);
        return;
    }
    bool own = starts(t, SLK_TAG_HEAD);
    p->head = own ? slk_parser_insert(p, t) : slk_parser_insert_tag(p, SLK_TAG_HEAD, t->from_b);
    p->mode = SLK_MODE_IN_HEAD;
    if (!own) slk_parser_again_as(p, t, SLK_MODE_IN_HEAD);
}

static void open_template(slk_parser *p, const slk_html_token *t) {
    (void)slk_parser_insert(p, t);
    slk_parser_marker(p);
    p->frameset_ok = false;
    p->mode = SLK_MODE_IN_TEMPLATE;
    slk_err err = SLK_ROOM(p->arena, &p->templates, p->options.most_depth);
    if (err != SLK_OK)
        p->err = err;
    else
        p->templates.at[p->templates.n++] = SLK_MODE_IN_TEMPLATE;
}

void slk_template_end(slk_parser *p) {
    if (!slk_parser_open_has(p, SLK_TAG_TEMPLATE)) return;
    slk_parser_implied_all(p);
    slk_parser_pop_until(p, SLK_TAG_TEMPLATE);
    slk_parser_clear_to_marker(p);
    if (p->templates.n) p->templates.n--;
    slk_parser_reset_mode(p);
}

/* A start tag that belongs into the head; false where it is none. */
static bool head_start(slk_parser *p, slk_html_token *t) {
    switch (t->tag) {
    case SLK_TAG_BASE:
    case SLK_TAG_BASEFONT:
    case SLK_TAG_BGSOUND:
    case SLK_TAG_LINK:
    case SLK_TAG_META: slk_parser_insert_void(p, t); return true;
    case SLK_TAG_TITLE: slk_parser_raw(p, t, SLK_TEXT_RCDATA); return true;
    case SLK_TAG_NOFRAMES:
    case SLK_TAG_STYLE: slk_parser_raw(p, t, SLK_TEXT_RAW); return true;
    case SLK_TAG_SCRIPT: slk_parser_raw(p, t, SLK_TEXT_SCRIPT); return true;
    case SLK_TAG_TEMPLATE: open_template(p, t); return true;
    case SLK_TAG_HEAD: return true; /* a second one is ignored */
    case SLK_TAG_NOSCRIPT:
        if (p->options.scripting) {
            slk_parser_raw(p, t, SLK_TEXT_RAW);
        } else {
            (void)slk_parser_insert(p, t);
            p->mode = SLK_MODE_IN_HEAD_NOSCRIPT;
        }
        return true;
    default: return false;
    }
}

void slk_mode_in_head(slk_parser *p, slk_html_token *t) {
    if (t->kind == SLK_HTML_DOCTYPE || take_space(p, t, true)) return;
    if (t->kind == SLK_HTML_COMMENT) {
        slk_parser_comment(p, t, NULL);
    } else if (starts(t, SLK_TAG_HTML)) {
        slk_parser_run(p, t, SLK_MODE_IN_BODY);
    } else if (t->kind == SLK_HTML_START && head_start(p, t)) {
        return;
    } else if (t->kind == SLK_HTML_END && t->tag == SLK_TAG_TEMPLATE) {
        slk_template_end(p);
    } else if (t->kind == SLK_HTML_END && t->tag == SLK_TAG_HEAD) {
        slk_parser_pop(p);
        p->mode = SLK_MODE_AFTER_HEAD;
    } else if (!is_stray_end(t, false)) {
        slk_parser_pop(p);
        slk_parser_again_as(p, t, SLK_MODE_AFTER_HEAD);
    }
}

void slk_mode_in_head_noscript(slk_parser *p, slk_html_token *t) {
    slk_html_token space;
    if (slk_html_split_space(t, &space)) slk_parser_run(p, &space, SLK_MODE_IN_HEAD);
    if (t->kind == SLK_HTML_DOCTYPE || is_empty(t)) return;
    bool plain = t->kind == SLK_HTML_COMMENT || starts(t, SLK_TAG_BASEFONT) || starts(t, SLK_TAG_BGSOUND) ||
                 starts(t, SLK_TAG_LINK) || starts(t, SLK_TAG_META) || starts(t, SLK_TAG_NOFRAMES) ||
                 starts(t, SLK_TAG_STYLE);
    if (plain) {
        slk_parser_run(p, t, SLK_MODE_IN_HEAD);
    } else if (starts(t, SLK_TAG_HTML)) {
        slk_parser_run(p, t, SLK_MODE_IN_BODY);
    } else if (t->kind == SLK_HTML_END && t->tag == SLK_TAG_NOSCRIPT) {
        slk_parser_pop(p);
        p->mode = SLK_MODE_IN_HEAD;
    } else if (starts(t, SLK_TAG_HEAD) || starts(t, SLK_TAG_NOSCRIPT) ||
               (t->kind == SLK_HTML_END && t->tag != SLK_TAG_BR)) {
        return;
    } else {
        slk_parser_pop(p);
        slk_parser_again_as(p, t, SLK_MODE_IN_HEAD);
    }
}

/* <meta>, <script>, ... behind </head>: they still go into the head. */
static bool late_head(slk_parser *p, slk_html_token *t) {
    if (t->kind != SLK_HTML_START || !p->head) return false;
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
    case SLK_TAG_TITLE: break;
    default: return false;
    }
    slk_parser_push(p, p->head);
    slk_parser_run(p, t, SLK_MODE_IN_HEAD);
    slk_parser_remove(p, p->head);
    return true;
}

void slk_mode_after_head(slk_parser *p, slk_html_token *t) {
    if (t->kind == SLK_HTML_DOCTYPE || take_space(p, t, true)) return;
    if (t->kind == SLK_HTML_COMMENT) {
        slk_parser_comment(p, t, NULL);
    } else if (starts(t, SLK_TAG_HTML)) {
        slk_parser_run(p, t, SLK_MODE_IN_BODY);
    } else if (starts(t, SLK_TAG_BODY)) {
        (void)slk_parser_insert(p, t);
        p->frameset_ok = false;
        p->mode = SLK_MODE_IN_BODY;
    } else if (starts(t, SLK_TAG_FRAMESET)) {
        (void)slk_parser_insert(p, t);
        p->mode = SLK_MODE_IN_FRAMESET;
    } else if (t->kind == SLK_HTML_END && t->tag == SLK_TAG_TEMPLATE) {
        slk_template_end(p);
    } else if (late_head(p, t) || starts(t, SLK_TAG_HEAD) || is_stray_end(t, false)) {
        return;
    } else {
        (void)slk_parser_insert_tag(p, SLK_TAG_BODY, t->from_b);
        slk_parser_again_as(p, t, SLK_MODE_IN_BODY);
    }
}
