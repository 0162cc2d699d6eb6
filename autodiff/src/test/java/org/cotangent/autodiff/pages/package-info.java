/** Pages of the documentation that tests hold true. */
@NullMarked
package org.cotangent.autodiff.pages;

import org.jspecify.annotations.NullMarked;
