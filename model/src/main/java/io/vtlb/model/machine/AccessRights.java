package io.vtlb.model.machine;

/**
 * What one privilege set may do with a page, with every input of protection folded in.
 *
 * @param read loads complete
 * @param write stores complete
 * @param execute fetches complete
 */
public record AccessRights(boolean read, boolean write, boolean execute) {

  public static final AccessRights NONE = new AccessRights(false, false, false);

  /** True if an access of this kind completes. */
  public boolean allow(AccessKind kind) {
    return switch (kind) {
      case LOAD -> read;
      case STORE -> write;
      case FETCH -> execute;
    };
  }

  /** True if nothing is allowed here that {@code limit} does not allow. */
  public boolean within(AccessRights limit) {
    return (!read || limit.read) && (!write || limit.write) && (!execute || limit.execute);
  }

  /** What both allow. */
  public AccessRights and(AccessRights other) {
    return new AccessRights(read && other.read, write && other.write, execute && other.execute);
  }

  public boolean none() {
    return !read && !write && !execute;
  }

  /** A different number for any different rights. */
  @Override
  public int hashCode() {
    return (read ? 1 : 0) | (write ? 2 : 0) | (execute ? 4 : 0);
  }

  /** The rights as {@code rwx}, with {@code -} for what is missing. */
  @Override
  public String toString() {
    return (read ? "r" : "-") + (write ? "w" : "-") + (execute ? "x" : "-");
  }
}
