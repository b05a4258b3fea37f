// The part of cmark-gfm that renders Markdown as HTML, declared as its documentation in cmark-gfm.h 0.29.0.gfm.6, sections
// "Node", "Iterator", "Parsing" and "Rendering", and cmark-gfm-extension_api.h describe it.
#ifndef TICKBOOK_CMARKDOWN_H
#define TICKBOOK_CMARKDOWN_H

#include <stddef.h>

typedef struct cmark_node cmark_node;
typedef struct cmark_parser cmark_parser;
typedef struct cmark_iter cmark_iter;
typedef struct cmark_syntax_extension cmark_syntax_extension;
typedef struct _cmark_llist cmark_llist;

// Options are bits; without CMARK_OPT_UNSAFE raw HTML and dangerous links are left out.
enum { TICKBOOK_CMARK_VALIDATE_UTF8 = 1 << 9, TICKBOOK_CMARK_FOOTNOTES = 1 << 13 };
// cmark_event_type: NONE 0, DONE 1, ENTER 2, EXIT 3.
enum { TICKBOOK_CMARK_EVENT_DONE = 1, TICKBOOK_CMARK_EVENT_EXIT = 3 };

// Makes table, strikethrough, autolink, tagfilter and tasklist known; once per process.
void cmark_gfm_core_extensions_ensure_registered(void);
cmark_syntax_extension *cmark_find_syntax_extension(const char *name);

cmark_parser *cmark_parser_new(int options);
int cmark_parser_attach_syntax_extension(cmark_parser *parser, cmark_syntax_extension *extension);
void cmark_parser_feed(cmark_parser *parser, const char *buffer, size_t length);
cmark_node *cmark_parser_finish(cmark_parser *parser);
cmark_llist *cmark_parser_get_syntax_extensions(cmark_parser *parser);
void cmark_parser_free(cmark_parser *parser);

cmark_iter *cmark_iter_new(cmark_node *root);
int cmark_iter_next(cmark_iter *iterator);
cmark_node *cmark_iter_get_node(cmark_iter *iterator);
void cmark_iter_free(cmark_iter *iterator);

const char *cmark_node_get_type_string(cmark_node *node);
const char *cmark_node_get_url(cmark_node *node);
int cmark_node_set_url(cmark_node *node, const char *url);

// The caller frees what is returned with free(3).
char *cmark_render_html(cmark_node *root, int options, cmark_llist *extensions);
void cmark_node_free(cmark_node *node);

#endif
