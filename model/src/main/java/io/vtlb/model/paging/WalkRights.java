package io.vtlb.model.paging;

/**
 * The rights that a walk has accumulated: each is the AND over the entries so far.
 *
 * <p>Source: Intel SDM vol. 3, 4.6. Reserved: what a privilege set makes of them is {@link
 * Permission}'s.
 *
 * @param writable every R/W=1
 * @param user every U/S=1
 * @param executable no XD=1; whether that counts is decided at the access, by IA32_EFER.NXE
 */
public record WalkRights(boolean writable, boolean user, boolean executable) {

  /** Before the first entry nothing is taken away. */
  public static final WalkRights ROOT = new WalkRights(true, true, true);

  private static final WalkRights[] ALL = new WalkRights[8];

  static {
    for (int bits = 0; bits < ALL.length; bits++) {
      ALL[bits] = new WalkRights((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0);
    }
  }

  /** These rights after one more entry. */
  public WalkRights through(long entry, EntryFormat format) {
    boolean stillWritable = writable && (entry & EntryBits.WRITABLE) != 0;
    boolean stillUser = user && (entry & EntryBits.USER) != 0;
    boolean stillExecutable = executable && !format.disablesExecution(entry);
    return ALL[(stillWritable ? 1 : 0) | (stillUser ? 2 : 0) | (stillExecutable ? 4 : 0)];
  }
}
