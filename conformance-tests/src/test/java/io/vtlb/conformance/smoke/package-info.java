/** Whether the checks of a first look ask what they say, of targets of every kind. */
@NullMarked
package io.vtlb.conformance.smoke;

import org.jspecify.annotations.NullMarked;
