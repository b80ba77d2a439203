/**
 * What of the kit works on this machine, found by trying it, and how to get the rest.
 *
 * <p>Nothing is installed or changed here.
 */
@NullMarked
package io.vtlb.conformance.doctor;

import org.jspecify.annotations.NullMarked;
