/** That the adversary uses its freedom, and that the kit finds it right all the same. */
package io.vtlb.conformance.design.adversary;
