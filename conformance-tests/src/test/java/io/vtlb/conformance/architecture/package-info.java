/** The directions of dependencies between and inside the modules, and the names in them. */
package io.vtlb.conformance.architecture;
