/** Tests of workers: targets that would take the kit with them if they were called in it. */
@NullMarked
package io.vtlb.conformance.worker;

import org.jspecify.annotations.NullMarked;
