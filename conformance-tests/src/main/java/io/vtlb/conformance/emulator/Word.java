package io.vtlb.conformance.emulator;

/**
 * Eight bytes of guest-physical memory, little-endian.
 *
 * @param physical guest-physical address in bytes, a multiple of eight
 * @param value what is there; two 4-byte entries share one word, the lower address in bits 31:0
 */
public record Word(long physical, long value) {

  public Word {
    if ((physical & 7) != 0) {
      throw new IllegalArgumentException(
          "not a multiple of eight: 0x" + Long.toHexString(physical));
    }
  }

  /** Address and value, in hexadecimal. */
  @Override
  public String toString() {
    return "[0x%x] 0x%x".formatted(physical, value);
  }
}
