/** Tests of the generation of event sequences. */
@NullMarked
package io.vtlb.specs.generate;

import org.jspecify.annotations.NullMarked;
