"""What brief is to reach, as numbers, and whether it does."""

PDF_RATIO = {"article": 0.45, "report": 0.50, "book": 0.45}  # of htmldoc's time for the PDF
EPUB_RATIO = 0.70           # of htmldoc's time for the EPUB
BOTH_RATIO = 1.30           # of brief's own time for the PDF alone
BOOK_MEMORY = 100           # MB
GROWTH = 10.5               # times the time, and the memory, for ten times the words
MANY_FACTOR = 50            # times as fast as pandoc
MANY_MEMORY = 300           # MB, of all processes together


def row_of(rows, name, program, form):
    return next((row for row in rows if (row["input"], row["program"], row["form"]) == (name, program, form)), None)


def megabytes(row):
    return row["memory"] * 1024 / 1e6


def ratio(rows, name, form, of):
    return row_of(rows, name, "brief", form)["wall"] / row_of(rows, name, *of)["wall"]


def verdicts(results):
    """(what, found, the bound in words, met)."""
    rows, growth, many = results["rows"], results["growth"], results["many"]

    def most(what, found, bound, unit=""):
        return what, f"{found:.2f}{unit}" if bound < 20 else f"{found:.0f}{unit}", f"at most {bound:g}{unit}", found <= bound

    for name, bound in PDF_RATIO.items():
        yield most(f"{name}, PDF: of htmldoc's time", ratio(rows, name, "PDF", ("htmldoc", "PDF")), bound)
    for name in PDF_RATIO:
        yield most(f"{name}, EPUB: of htmldoc's time", ratio(rows, name, "EPUB", ("htmldoc", "EPUB")), EPUB_RATIO)
    for name in PDF_RATIO:
        yield most(f"{name}, both in one run: of the time of the PDF alone", ratio(rows, name, "PDF and EPUB", ("brief", "PDF")), BOTH_RATIO)
    for form in ("PDF", "EPUB", "PDF and EPUB"):
        yield most(f"book, {form}: memory", megabytes(row_of(rows, "book", "brief", form)), BOOK_MEMORY, " MB")
    for step in growth:
        if step["program"] == "brief":
            for what in ("time", "memory"):
                yield most(f"{step['form']}, {step['words']}: times the {what}", step[what], GROWTH)
    if "factor" in many:
        yield "many documents: times as fast as pandoc", f"{many['factor']:.0f}", f"at least {MANY_FACTOR}", many["factor"] >= MANY_FACTOR
    yield most("many documents: memory of all processes", megabytes(many), MANY_MEMORY, " MB")
    yield "many documents: files unlike those made one at a time", str(many["differing"]), "none", many["differing"] == 0
