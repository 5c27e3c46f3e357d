/* What is kept from one EPUB for the next. */
#ifndef BRIEF_EPUB_KEPT_H
#define BRIEF_EPUB_KEPT_H

#include "epub/book.h"
#include "epub/container.h"

Packed kept_css(const Book *book); /* css_write(), packed: lives as long as the book */

#endif
