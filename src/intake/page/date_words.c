/* date_words.c - what the words beside a date, or the class of its element, say of it: that it was published then, that it was changed
 * then, or something else (data/page_date_words.tsv). A row is the beginning of a word or of words, and words begin wherever letters
 * begin; scripts that part no words (Korean, Chinese, Japanese) may begin one at any character. */
#include "base/text.h"
#include "intake/page/dates.h"

#define LOOK_MOST_B 160u

static uint8_t kind_of(slk_text says) {
    switch (says.n ? says.at[0] : '\0') {
    case 'p': return SLK_SAYS_PUBLISHED;
    case 'c': return SLK_SAYS_CHANGED;
    case 'd': return SLK_SAYS_DATE;
    default: return SLK_SAYS_OTHER;
    }
}

void slk_date_lexicon_load(slk_date_lexicon *l, const slk_pack *pack) {
    uint32_t rows = slk_pack_rows(pack, SLK_T_PAGE_DATE_WORDS);
    unsigned first = 0;
    l->n = 0;
    for (uint32_t row = 0; row < rows && l->n < SLK_DATE_WORDS_MOST; row++) {
        slk_text word = slk_pack_cell(pack, SLK_T_PAGE_DATE_WORDS, row, SLK_PAGE_DATE_WORDS_WORD);
        if (!word.n || word.n > UINT8_MAX) continue;
        while (first <= (unsigned char)word.at[0]) l->from[first++] = (uint16_t)l->n;
        l->at[l->n] = word.at;
        l->length[l->n] = (uint8_t)word.n;
        l->says[l->n++] = kind_of(slk_pack_cell(pack, SLK_T_PAGE_DATE_WORDS, row, SLK_PAGE_DATE_WORDS_SAYS));
    }
    while (first < sizeof l->from / sizeof *l->from) l->from[first++] = (uint16_t)l->n;
}

/* text: small letters, one hyphen between words, one at its end. */
static unsigned said_here(const slk_date_lexicon *l, const char *at, size_t n) {
    unsigned char first = (unsigned char)at[0];
    unsigned says = 0;
    for (unsigned i = l->from[first]; i < l->from[first + 1u]; i++)
        if (l->length[i] <= n && l->at[i][1] == at[1] && memcmp(l->at[i], at, l->length[i]) == 0) says |= l->says[i];
    return says;
}

static bool is_wide(unsigned char c) { return c >= 0xE3 && c <= 0xED; } /* leads a letter of East Asia */

unsigned slk_date_words(const slk_date_lexicon *l, slk_text words) {
    char small[LOOK_MOST_B + 1];
    unsigned says = 0;
    size_t n = 0;
    for (size_t i = 0; i < words.n && n + 2 < sizeof small; i++) {
        char c = words.at[i];
        bool letter = slk_is_alpha(c) || slk_is_digit(c) || (unsigned char)c >= 0x80;
        bool hump = i && slk_is_upper(c) && slk_is_lower(words.at[i - 1]);
        if ((!letter || hump) && n && small[n - 1] != '-') small[n++] = '-';
        if (letter) small[n++] = slk_lower(c);
    }
    if (n && small[n - 1] != '-') small[n++] = '-';
    for (size_t i = 0; i < n; i++)
        if (small[i] != '-' && (i == 0 || small[i - 1] == '-' || is_wide((unsigned char)small[i])))
            says |= said_here(l, small + i, n - i);
    return says;
}
