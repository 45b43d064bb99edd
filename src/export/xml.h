/* xml.h - text within XML and HTML: nothing that a report says can become markup. */
#ifndef SLK_EXPORT_XML_H
#define SLK_EXPORT_XML_H

#include "base/buf.h"

/* Appends text for content and for attributes in double quotes: & < > " ' become references; characters that XML 1.0 forbids, and
 * those that would turn the order of what follows, become U+FFFD; line feeds and tabs stay. Invalid UTF-8 becomes U+FFFD. */
void slk_xml_text(slk_buf *out, slk_text t);
void slk_xml_z(slk_buf *out, const char *z); /* NULL adds nothing */
/* <name>text</name> with a line feed behind; nothing where z is NULL. */
void slk_xml_element(slk_buf *out, const char *name, const char *z);

#endif
