/** What a run or a benchmark found, as immutable values, and its form on disk: {@code result.json} and its siblings. */
@NullMarked
package dev.kubechurn.reports.result;

import org.jspecify.annotations.NullMarked;
