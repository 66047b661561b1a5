/** Tests, estimates and intervals for samples of benchmarks: independent repetitions, few of them, of no known distribution. */
@NullMarked
package dev.kubechurn.reports.stats;

import org.jspecify.annotations.NullMarked;
