/** What the other modules of this project may use and nobody else should: access without copies. */
@NullMarked
package org.cotangent.autodiff.internal;

import org.jspecify.annotations.NullMarked;
