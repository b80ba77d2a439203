package io.vtlb.model.paging;

import io.vtlb.model.machine.ControlState;

/**
 * A walk that has reached a table but no page: the root, or what a paging-structure cache may hold.
 *
 * <p>Source: Intel SDM vol. 3, 4.10.3.1.
 *
 * @param depth the level of the table reached, counted from the root's 0
 * @param page the first linear page that the walk is for, numbered in 4 KiB; 0 at the root
 * @param table the guest frame of the table
 * @param rights the rights accumulated so far
 */
public record PartialWalk(int depth, long page, long table, WalkRights rights) {

  /** The walk that has read nothing but CR3. */
  public static PartialWalk root(PagingMode mode, ControlState control) {
    return new PartialWalk(0, 0, mode.format().rootFrame(control), WalkRights.ROOT);
  }

  /** True if a walk for this linear page could go on from here. */
  public boolean leadsTo(long linearPage, PagingMode mode) {
    return depth == 0 || mode.levels().get(depth - 1).firstPage(linearPage) == page;
  }
}
