package io.vtlb.conformance.design.adversary;

import io.vtlb.model.admissible.AdmissibleTranslations;
import io.vtlb.model.machine.AccessRights;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.paging.Permission;
import io.vtlb.model.paging.Translation;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.HostMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Draws active entries from admissible translations, and says which ones are still admissible. */
final class EntryDraw {

  private static final int[] SIZES = {1, PageSize.LARGE_2M, PageSize.LARGE_4M, PageSize.LARGE_1G};

  private final SplittableRandom choices;
  private final AdversaryMachine machine;
  private final HostMap hostMap;
  private final AdmissibleTranslations admissible;

  EntryDraw(SplittableRandom choices, AdversaryMachine machine, AdversaryCpu cpu) {
    this.choices = choices;
    this.machine = machine;
    this.hostMap = machine.host().map();
    this.admissible = cpu.admissible();
  }

  /**
   * An entry for a page of a translation: of any size that fits both, with any part of the rights.
   *
   * @param needed rights that must not be withheld
   * @return nothing where there is no memory, or no right left
   */
  Optional<ActiveEntry> entry(Translation guest, long page, PrivilegeSet set, AccessRights needed) {
    if (hostMap.hostFrame(guest.frame(page)) == HostMap.NO_FRAME) {
      return Optional.empty();
    }
    List<Integer> sizes = new ArrayList<>(2);
    for (int pages : SIZES) {
      if (fits(guest, page, pages)) {
        sizes.add(pages);
      }
    }
    int pages = sizes.get(choices.nextInt(sizes.size()));
    AccessRights granted = granted(guest, set, hostMap.readOnly(guest.frame(page)));
    AccessRights rights =
        new AccessRights(
            granted.read() && (needed.read() || choices.nextInt(4) != 0),
            granted.write() && (needed.write() || choices.nextBoolean()),
            granted.execute() && (needed.execute() || choices.nextInt(4) != 0));
    long first = page & -pages;
    ActiveEntry entry =
        new ActiveEntry(first, pages, hostMap.hostFrame(guest.frame(first)), rights, keyOf(guest));
    return rights.none() || machine.isUnnamable(entry) ? Optional.empty() : Optional.of(entry);
  }

  private boolean fits(Translation guest, long page, int pages) {
    if (pages == 1) {
      return true;
    }
    long first = page & -pages;
    return pages <= guest.pages()
        && hostMap.contiguous(guest.frame(first), pages)
        && hostMap.hostFrame(guest.frame(first)) % pages == 0
        && admissible.holdsWhole(guest);
  }

  private AccessRights granted(Translation guest, PrivilegeSet set, boolean readOnly) {
    AccessRights rights = Permission.resolve(guest.rights(), set, control());
    return new AccessRights(
        rights.read(), rights.write() && guest.dirty() && !readOnly, rights.execute());
  }

  private int keyOf(Translation guest) {
    return control().protectionKeys() && guest.rights().user() ? guest.key() : ActiveEntry.NO_KEY;
  }

  private ControlState control() {
    return admissible.control();
  }

  /** True if an entry, whenever it was drawn, may be held now. */
  boolean mayKeep(PrivilegeSet set, ActiveEntry entry) {
    return !machine.isUnnamable(entry) && isAdmissible(set, entry);
  }

  private boolean isAdmissible(PrivilegeSet set, ActiveEntry entry) {
    for (Translation guest : admissible.at(entry.page())) {
      if (guest.covers(entry.page() + entry.pages() - 1)
          && covers(guest, set, entry, entry.page())
          && (entry.pages() == 1
              || (hostMap.contiguous(guest.frame(entry.page()), entry.pages())
                  && admissible.holdsWhole(guest)))) {
        return true;
      }
    }
    return entry.pages() > 1
        && entry.pages() < PageSize.LARGE_1G
        && isAdmissibleInParts(set, entry);
  }

  private boolean isAdmissibleInParts(PrivilegeSet set, ActiveEntry entry) {
    for (long page = entry.page(); page < entry.page() + entry.pages(); page++) {
      long here = page;
      if (admissible.at(page).stream().noneMatch(guest -> covers(guest, set, entry, here))) {
        return false;
      }
    }
    return true;
  }

  private boolean covers(Translation guest, PrivilegeSet set, ActiveEntry entry, long page) {
    long frame = guest.frame(page);
    return hostMap.hostFrame(frame) == entry.hostFrame(page)
        && entry.rights().within(granted(guest, set, hostMap.readOnly(frame)))
        && entry.key() == keyOf(guest);
  }
}
