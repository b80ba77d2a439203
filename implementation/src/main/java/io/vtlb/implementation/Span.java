package io.vtlb.implementation;

import io.vtlb.model.machine.PageSize;

/** How many base pages of 4 KiB a guest page or an active entry covers, from small to large. */
enum Span {
  BASE(0, 1),
  LARGE_2M(1, PageSize.LARGE_2M),
  LARGE_4M(2, PageSize.LARGE_4M),
  LARGE_1G(3, PageSize.LARGE_1G);

  /** How many codes there are, a power of two. */
  static final int CODES = 4;

  private static final Span[] BY_CODE = values();

  private final int code;
  private final int pages;

  Span(int code, int pages) {
    this.code = code;
    this.pages = pages;
  }

  /** The span with this code. */
  static Span of(int code) {
    return BY_CODE[code];
  }

  /** The span's number, 0 to 3, in what is encoded in bits. */
  int code() {
    return code;
  }

  /** The span's length, in base pages. */
  int pages() {
    return pages;
  }

  /** The first page, or frame, of the aligned span that holds this one. */
  long start(long page) {
    return page & -(long) pages;
  }

  /** The position of a page in its aligned span, in base pages. */
  long offset(long page) {
    return page & (pages - 1);
  }

  /** True if a page or frame may begin such a span. */
  boolean aligned(long page) {
    return offset(page) == 0;
  }

  /** The size of guest pages that a table maps in place of one page of this span. */
  Span pieces() {
    return this == LARGE_1G ? LARGE_2M : BASE;
  }
}
