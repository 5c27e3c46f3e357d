/* What the files of cmd/ share among themselves. No other room includes it. */
#ifndef BRIEF_CMD_INTERNAL_H
#define BRIEF_CMD_INTERNAL_H

#include "check/check.h"
#include "cmd/cmd.h"
#include "cmd/timings.h"
#include "epub/epub.h"
#include "layout/layout.h"
#include "pdf/pdf.h"
#include "read/read.h"
#include "record/record.h"
#include "resolve/resolve.h"
#include "style/style.h"

/* ---- options.c */

/* Understands argv[0, argc), the words behind the command's name. False with a diagnostic of the command line. */
bool options_parse(Invocation *invocation, int argc, char **argv);
bool option_given(const Invocation *invocation, const char *name);
Str option_value(const Invocation *invocation, const char *name); /* empty when not given */
/* Which of the formats, the last of them NULL, --format names; the first when it is not given. False with a diagnostic. */
bool format_read(Invocation *invocation, const char *const formats[], uint32_t *out);
/* A mistake of the command line. `hint` may be NULL: then it says where help is. Always false. */
bool usage_wrong(Invocation *invocation, const char *hint, const char *format, ...) BASE_PRINTF(3, 4);

/* Of the commands that read a document. */
#define LIMIT_OPTION {"limit", 0, "NAME=VALUE…", "Allow more, or less, of what is bounded: “brief help limits” lists it"}
/* Sets what --limit says, if the command has it. False with a diagnostic. */
bool limits_apply(Invocation *invocation);

/* ---- help.c */

void help_overview(const Command *const *commands, Buf *out);
void help_command(const Command *command, Buf *out);

/* ---- version.c */

void version_tell(Buf *out); /* all but the version itself */

/* ---- output.c: to the person who called */

bool terminal_can(int descriptor); /* a terminal on which lines can be written over */
bool colour_wanted(int descriptor);
/* The code of the first error; empty when there is none. */
Str diags_reason(const Diags *d);
/* Diagnostics to standard error, in colour when a terminal wants it. */
void diags_show(const Diags *d);
/* Text to standard error. */
void errors_write(Str text);
void last_words(const Str *text); /* written when a signal ends the process; it is never changed */
/* Text to standard output, checked. */
ExitStatus text_show(Invocation *invocation, const Buf *text);

/* ---- paths.c */

Str path_stem(Str path);   /* the name without its last extension */
Str path_join(Arena *arena, Str folder, Str name);
/* One spelling for each place a file can be written to: its folder's real path and its name. */
Str path_identity(Arena *arena, Str path);
/* What an option names to be written to; "-" where that is standard output by another name, as /dev/stdout is. */
Str option_output(const Invocation *invocation, const char *option);
bool path_same_file(Arena *arena, Str a, Str b); /* both exist and are one file */
/* Where a folder that exists lies below a root: "in/" or "in", "" for the root itself. False: it does not. */
bool path_below_root(Arena *arena, const Root *root, Str folder, Str *below);
bool path_is_folder(Arena *arena, Str path);
/* Without "." and empty parts, and without ".." where that leads to the same place or nowhere: as other programs name the file. */
Str path_tidy(Arena *arena, Str path);
/* Makes a folder and those above it. False with a diagnostic. */
bool folder_make(Diags *d, Str path);

/* ---- dates.c */

#define DATE_LAST 253402300799 /* 9999-12-31T23:59:59Z, the last that four digits of a year can say */

/* SOURCE_DATE_EPOCH (reproducible-builds.org/specs/source-date-epoch). False with a diagnostic when its value is no time. */
bool date_environment(Invocation *invocation, bool *given, int64_t *out);
int64_t date_now(void); /* seconds since 1970, of the clock */
/* When a file was last changed; standard input, and what cannot be asked, is of 1980-01-01. */
bool date_of_file(Diags *d, Str path, int64_t *out); /* when it was last changed */

/* ---- document.c: the way of one document, stage by stage */

/* What is the same for all documents of a run. */
typedef struct {
    Str root;            /* --root; empty: each document's own folder */
    const Sheet *sheet;  /* --style; NULL: what the document says */
    Str style;           /* and how it was named */
    bool embed;          /* --embed-source */
    const PathList *asked; /* what was to be read for it; NULL: nothing */
    const StrMap *files; /* by name below the root, to make a document of them again; NULL: those on the disk */
    Fonts *fonts;        /* opened when first needed */
    Arena *arena;        /* of what one document leaves for the next */
    EpubKept *kept;      /* of EPUBs, of its own sheets */
    StrMap *sheets;      /* built-in ones by name, opened when first needed; NULL: they are not kept */
    bool epoch_given;
    int64_t epoch;       /* SOURCE_DATE_EPOCH */
    bool final, break_embargo;
    Timings *timings;    /* of the document that is being made; NULL: nobody asks */
    int64_t now;         /* the same, else the clock's; it says whether a final version may be made, and nothing in a file depends on it */
} Batch;

/* From --root, --style, --final and the environment. False with diagnostics; *status says how it ends. */
bool batch_open(Invocation *invocation, Batch *out, ExitStatus *status);
void batch_close(Batch *batch);
/* Between two documents: words that were shaped are forgotten when they have become too many. */
void batch_rest(Batch *batch);
/* Before workers begin, which share what is there by then. */
void batch_warm(Batch *batch);

typedef enum { STAGE_TREE, STAGE_RESOLVED, STAGE_STYLE, STAGE_LAYOUT } Stage;

typedef struct EpubWork EpubWork;

typedef struct {
    Arena *arena;
    Diags diags;
    Source source;
    Root root;
    Arena *nodes;         /* of the tree as read, until it is resolved */
    Tree *written;        /* as read; NULL once it is resolved */
    Tree *tree;           /* as it will be published */
    const Sheet *original; /* as it was opened */
    EpubKept *kept;       /* NULL: that is the document's own */
    const Sheet *sheet;    /* and in the variant */
    ImageSet *images;
    Styles *styles;
    Layout *layout;
    EpubWork *epub;       /* NULL: not begun */
    int64_t date;
    Record record;        /* of how it is made in the variant that it was made in last */
    Str unportable;       /* an input that no other machine would find */
    uint32_t versions;    /* that are still to be made: after the last, the tree as read is not needed */
    Timings *timings;     /* NULL: nobody asks */
    unsigned claims_lost; /* before it was made in any variant */
} Document;

/* Reads the file `path`. False when it could not; what is wrong is in its diagnostics either way. */
bool document_open(Document *document, const Batch *batch, Str path);
/* The same of batch->files, where nothing else is read. */
bool document_open_again(Document *document, const Batch *batch, Str name, Str text);
/* Brings it as far as `stage`, in a variant: from the resolved tree on all is made anew. False when it could not get there. */
bool document_make(Document *document, Batch *batch, const Variant *variant, Stage stage);
/* What check/ finds in what was made last, in that variant. */
void document_check(Document *document, const Variant *variant);
void document_close(Document *document);
/* The finished files, which live until it is closed. False with diagnostics. */
bool document_pdf(Document *document, Batch *batch, Str *out);
bool document_epub(Document *document, Str *out); /* once */
/* Makes the EPUB beside what follows; what is said of it is said by document_epub(). */
void document_epub_begin(Document *document);
unsigned document_claims(const Document *document); /* Claim bits that hold, as far as it has been made */
EpubOptions document_epub_options(const Document *document);

/* ---- record.c */

/* Fills document->record once the document is laid out. With --embed-source, an error for an input that cannot be carried. */
void document_record(Document *document, const Batch *batch, const Variant *variant, const Image **images);

/* ---- release.c */

/* For --final: an error when the document is a draft or under embargo. */
void release_check(Document *document, const Batch *batch);

/* ---- policy.c: what `brief check` asks for */

/* Of the command line; `profiles` is 0 when it names none. False with a diagnostic of the command line. */
bool policy_read(Invocation *invocation, Policy *out);
/* Joins what a project file says of the document `path`, a name below its folder. False with diagnostics. */
bool policy_join(Diags *d, const Project *project, Str path, Policy *policy);
/* Joins what .brief.yaml says of this document, unless the command line stands alone. False with diagnostics of the document. */
bool project_apply(Document *document, const Batch *batch, bool alone, Policy *policy);

/* Where the project file of a document lies; empty: there is none. */
Str project_file(Arena *arena, const Batch *batch, Str document);

/* ---- confine.c: before anything of others is read, what a command may still do (base.h, “Confinement”) */

/* Nothing is written but below `folder`, which ends in "/"; empty: nothing. */
void invocation_confine(Invocation *invocation, Str folder);
/* Nothing else is read but the operands, which are documents, and what they may name; with `projects` also the project files. */
void documents_confine_reads(Invocation *invocation, const Batch *batch, bool projects);
/* Both, for the first `count` operands, which are finished files. */
void finished_confine(Invocation *invocation, uint32_t count, Str folder);

/* ---- variant.c */

/* What --large-print, --print and --blank-pages ask for, given or not. False with a diagnostic of the command line. */
bool variants_read(Invocation *invocation, Variant *large_print, Variant *print);

#endif
