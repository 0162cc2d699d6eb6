/**
 * What a run tells about itself: progress while it works, {@code log.csv} row by row, and at the
 * end {@code report.html}.
 *
 * <p>The inputs are plain numbers and texts, so that nothing here depends on how a model is trained
 * or stored.
 */
@NullMarked
package org.cotangent.atomistic.report;

import org.jspecify.annotations.NullMarked;
