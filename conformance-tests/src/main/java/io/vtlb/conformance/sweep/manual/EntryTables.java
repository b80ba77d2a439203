package io.vtlb.conformance.sweep.manual;

/** The manual's drawings of entries, copied row by row (Intel SDM vol. 3, 4.3 to 4.5). */
final class EntryTables {

  // 32-bit paging. M is 32 without PSE-36, else the smaller of 40 and MAXPHYADDR.

  static final EntryTable PDE_4M =
      new EntryTable(
          "4-4: 32-bit PDE that maps a 4-MByte page",
          "31:22 address, 21:M-19 reserved, M-20:13 high, 12 ignored, 11:9 ignored, 8 G, 7 PS,"
              + " 6 D, 5 A, 4:3 ignored, 2 US, 1 RW, 0 P");

  static final EntryTable PDE_32 =
      new EntryTable(
          "4-5: 32-bit PDE that references a page table",
          "31:12 address, 11:8 ignored, 7 PS, 6 ignored, 5 A, 4:3 ignored, 2 US, 1 RW, 0 P");

  static final EntryTable PTE_32 =
      new EntryTable(
          "4-6: 32-bit PTE that maps a 4-KByte page",
          "31:12 address, 11:9 ignored, 8 G, 7 ignored, 6 D, 5 A, 4:3 ignored, 2 US, 1 RW, 0 P");

  // PAE paging.

  static final EntryTable PDPTE_PAE =
      new EntryTable(
          "4-8: PAE PDPTE",
          "63:M reserved, M-1:12 address, 11:9 ignored, 8:5 reserved, 4:3 ignored, 2:1 reserved,"
              + " 0 P");

  static final EntryTable PDE_2M_PAE =
      new EntryTable(
          "4-9: PAE PDE that maps a 2-MByte page",
          "63 XD, 62:M reserved, M-1:21 address, 20:13 reserved, 12 ignored, 11:9 ignored, 8 G,"
              + " 7 PS, 6 D, 5 A, 4:3 ignored, 2 US, 1 RW, 0 P");

  static final EntryTable PDE_PAE =
      new EntryTable(
          "4-10: PAE PDE that references a page table",
          "63 XD, 62:M reserved, M-1:12 address, 11:8 ignored, 7 PS, 6 ignored, 5 A, 4:3 ignored,"
              + " 2 US, 1 RW, 0 P");

  static final EntryTable PTE_PAE =
      new EntryTable(
          "4-11: PAE PTE that maps a 4-KByte page",
          "63 XD, 62:M reserved, M-1:12 address, 11:9 ignored, 8 G, 7 ignored, 6 D, 5 A,"
              + " 4:3 ignored, 2 US, 1 RW, 0 P");

  // 4-level and 5-level paging.

  static final EntryTable PML5E =
      new EntryTable(
          "4-14: PML5E that references a PML4 table",
          "63 XD, 62:52 ignored, 51:M reserved, M-1:12 address, 11:8 ignored, 7 reserved,"
              + " 6 ignored, 5 A, 4:3 ignored, 2 US, 1 RW, 0 P");

  static final EntryTable PML4E =
      new EntryTable(
          "4-15: PML4E that references a page-directory-pointer table",
          "63 XD, 62:52 ignored, 51:M reserved, M-1:12 address, 11:8 ignored, 7 reserved,"
              + " 6 ignored, 5 A, 4:3 ignored, 2 US, 1 RW, 0 P");

  static final EntryTable TOP_ENTRY_AMD =
      new EntryTable(
          "AMD APM vol. 2, 5.3.3: PML4E and PML5E, bits 8 and 7 MBZ",
          "63 XD, 62:52 ignored, 51:M reserved, M-1:12 address, 11:9 ignored, 8:7 reserved,"
              + " 6 ignored, 5 A, 4:3 ignored, 2 US, 1 RW, 0 P");

  static final EntryTable PDPTE_1G =
      new EntryTable(
          "4-16: PDPTE that maps a 1-GByte page",
          "63 XD, 62:59 key, 58:52 ignored, 51:M reserved, M-1:30 address, 29:13 reserved,"
              + " 12 ignored, 11:9 ignored, 8 G, 7 PS, 6 D, 5 A, 4:3 ignored, 2 US, 1 RW, 0 P");

  static final EntryTable PDPTE =
      new EntryTable(
          "4-17: PDPTE that references a page directory",
          "63 XD, 62:52 ignored, 51:M reserved, M-1:12 address, 11:8 ignored, 7 PS, 6 ignored,"
              + " 5 A, 4:3 ignored, 2 US, 1 RW, 0 P");

  static final EntryTable PDPTE_WITHOUT_1G =
      new EntryTable(
          "4-17, where 1-GByte pages are not supported (4.5: the PS flag is then reserved)",
          "63 XD, 62:52 ignored, 51:M reserved, M-1:12 address, 11:8 ignored, 7 reserved,"
              + " 6 ignored, 5 A, 4:3 ignored, 2 US, 1 RW, 0 P");

  static final EntryTable PDE_2M =
      new EntryTable(
          "4-18: PDE that maps a 2-MByte page",
          "63 XD, 62:59 key, 58:52 ignored, 51:M reserved, M-1:21 address, 20:13 reserved,"
              + " 12 ignored, 11:9 ignored, 8 G, 7 PS, 6 D, 5 A, 4:3 ignored, 2 US, 1 RW, 0 P");

  static final EntryTable PDE =
      new EntryTable(
          "4-19: PDE that references a page table",
          "63 XD, 62:52 ignored, 51:M reserved, M-1:12 address, 11:8 ignored, 7 PS, 6 ignored,"
              + " 5 A, 4:3 ignored, 2 US, 1 RW, 0 P");

  static final EntryTable PTE =
      new EntryTable(
          "4-20: PTE that maps a 4-KByte page",
          "63 XD, 62:59 key, 58:52 ignored, 51:M reserved, M-1:12 address, 11:9 ignored, 8 G,"
              + " 7 ignored, 6 D, 5 A, 4:3 ignored, 2 US, 1 RW, 0 P");

  private EntryTables() {}
}
