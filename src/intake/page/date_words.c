/* date_words.c - what the words beside a date, or the class of its element, say of it: that it was published then, that it was changed
 * then, or something else (data/page_date_words.tsv). A row is the beginning of a word or of words, and words begin wherever letters
 * begin; scripts that part no words (Korean, Chinese, Japanese) may begin one at any character. */
#include "base/text.h"
#include "intake/page/inside.h"

#define LOOK_MOST_B 160u

static unsigned kind_of(slk_text says) {
    switch (says.n ? says.at[0] : '\0') {
    case 'p': return SLK_SAYS_PUBLISHED;
    case 'c': return SLK_SAYS_CHANGED;
    case 'd': return SLK_SAYS_DATE;
    default: return SLK_SAYS_OTHER;
    }
}

static slk_text word_of(const slk_pack *pack, uint32_t row) {
    return slk_pack_cell(pack, SLK_T_PAGE_DATE_WORDS, row, SLK_PAGE_DATE_WORDS_WORD);
}

/* The first row whose word begins with this byte or a later one. */
static uint32_t rows_from(const slk_pack *pack, unsigned char first) {
    uint32_t low = 0, high = slk_pack_rows(pack, SLK_T_PAGE_DATE_WORDS);
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if ((unsigned char)word_of(pack, middle).at[0] < first)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* text: small letters, one hyphen between words, one at its end. */
static unsigned said_here(const slk_pack *pack, slk_text text) {
    unsigned says = 0;
    uint32_t n = slk_pack_rows(pack, SLK_T_PAGE_DATE_WORDS);
    for (uint32_t row = rows_from(pack, (unsigned char)text.at[0]); row < n; row++) {
        slk_text word = word_of(pack, row);
        if (word.at[0] != text.at[0]) break;
        if (word.n <= text.n && memcmp(word.at, text.at, word.n) == 0)
            says |= kind_of(slk_pack_cell(pack, SLK_T_PAGE_DATE_WORDS, row, SLK_PAGE_DATE_WORDS_SAYS));
    }
    return says;
}

static bool is_wide(unsigned char c) { return c >= 0xE3 && c <= 0xED; } /* leads a letter of East Asia */

unsigned slk_date_words(const slk_pack *pack, slk_text words) {
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
            says |= said_here(pack, (slk_text){small + i, n - i});
    return says;
}
