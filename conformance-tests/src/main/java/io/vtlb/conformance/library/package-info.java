/**
 * A virtual TLB in a native library, behind the C interface of include/vtlb.h, called in this
 * process.
 *
 * <p>Whatever the library does to the process it does to the kit: whoever has reason to fear that
 * runs it in a process of its own. How answers are judged is not known here.
 */
@NullMarked
package io.vtlb.conformance.library;

import org.jspecify.annotations.NullMarked;
