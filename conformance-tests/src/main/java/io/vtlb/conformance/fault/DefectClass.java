package io.vtlb.conformance.fault;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A kind of mistake that real virtual TLBs and software TLBs have had, with the commits and
 * advisories that tell of it.
 */
public enum DefectClass {
  SHARED_TOO_COARSELY(
      1,
      "shadow pages shared too coarsely",
      "b1bd5cba3306",
      "d28c6cfbbc5e",
      "9e7b0e7fba45",
      "c22885050e65",
      "9645bb56b31a",
      "fce0657ff9f1",
      "0cb2af2ea66a",
      "81ccda30b4e8",
      "0f38453cdb2e"),
  FLUSH_NOT_HONOURED(
      2,
      "a guest's flush not honoured, or of the wrong scope",
      "b53e84eed08b",
      "21823fbda552",
      "2c5653caecc4",
      "e4e517b4be01",
      "70973953ab",
      "329b00e4d4",
      "b68c4f1ebe",
      "27a792581",
      "1f3dc3e5",
      "e40206249",
      "e2fa98b62",
      "c96f5e27a",
      "5b9c1beaa1fd",
      "4b9ac285e253",
      "KVM's invalidation at an injected #PF"),
  PROCESSOR_NOT_FLUSHED(
      3,
      "the processor's own TLB not flushed after an edit of the shadow",
      "KVM release 28",
      "f81602958c11",
      "535216fc6e",
      "23a183607a",
      "a9949efb28",
      "16a20963b3"),
  RACE(
      4,
      "races between walk, install and resync",
      "f7d9c7b7b902",
      "0e0fee5c539b",
      "36a2e6774bfb",
      "daea3e73cb4a",
      "32772fbb3c",
      "24488e9b29",
      "6d72e644df"),
  WALK(
      5,
      "walk, rights, error codes",
      "4c5d78a10d",
      "46699c7393",
      "6d972a6195",
      "b38c115140",
      "51ce0a98c8",
      "8b17648339",
      "5dbd60e16a",
      "a0b40c3e08",
      "c558361467",
      "31b083a50c",
      "85b0e55d",
      "3e7b66aa",
      "4d4c4253",
      "5f0b819995e1",
      "7a183ab52"),
  ACCESSED_DIRTY(6, "accessed and dirty", "9ed5520dd3c9"),
  PAGE_SIZES(7, "page sizes", "d3c422bd3338", "f507885bc3"),
  HOST(
      8,
      "devices, memory slots, writes out of band",
      "ddfd1730fd82",
      "CVE-2026-23401",
      "7a3d8f6e4d",
      "f6c3cb2162"),
  LIFETIME(
      9,
      "lifetime",
      "26217aff67",
      "bf2b4eadcf",
      "54e2292e8d",
      "789589968e",
      "b7f93c6afb",
      "fb0ff49fe9",
      "CVE-2026-80726"),
  MISCLASSIFIED(
      10,
      "misclassified traps, no progress",
      "a83a2ee1b7",
      "05d640922d",
      "e8ea651a7a",
      "89329d832a");

  private final int number;
  private final String description;

  @SuppressWarnings("ImmutableEnumChecker") // List.of strings
  private final List<String> ids;

  DefectClass(int number, String description, String... ids) {
    this.number = number;
    this.description = description;
    this.ids = List.of(ids);
  }

  /** The class's number, from 1. */
  public int number() {
    return number;
  }

  /** What the mistakes of the class have in common. */
  public String description() {
    return description;
  }

  /** The class of a defect by what it is modelled on; the commit named first decides. */
  static Optional<DefectClass> of(String modelledOn) {
    return Arrays.stream(values())
        .filter(one -> one.ids.stream().anyMatch(modelledOn::contains))
        .min((one, other) -> Integer.compare(one.place(modelledOn), other.place(modelledOn)));
  }

  private int place(String modelledOn) {
    return ids.stream()
        .mapToInt(modelledOn::indexOf)
        .filter(place -> place >= 0)
        .min()
        .orElse(Integer.MAX_VALUE);
  }
}
