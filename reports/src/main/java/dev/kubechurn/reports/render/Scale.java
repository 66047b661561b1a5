package dev.kubechurn.reports.render;

import dev.kubechurn.reports.result.Unit;
import java.util.ArrayList;
import java.util.List;

/**
 * An axis from 0 to a round number, with round steps between.
 *
 * @param top the last step
 * @param step from one line to the next
 */
record Scale(double top, double step) {

    private static final int STEPS = 4;
    private static final double NANOS = 1e9;
    private static final double[] ROUND = {1, 2, 2.5, 5, 10};
    private static final double[] MINUTES = {
        1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1200, 1800, 3600, 7200, 10800, 21600
    };

    /** For values from 0 to a highest one. */
    static Scale of(double highest) {
        if (highest <= 0) {
            return new Scale(1, 1);
        }
        double rough = highest / STEPS;
        double power = StrictMath.pow(10, StrictMath.floor(StrictMath.log10(rough)));
        double step = 10 * power;
        for (double round : ROUND) {
            if (round * power >= rough) {
                step = round * power;
                break;
            }
        }
        return new Scale(StrictMath.ceil(highest / step - 1e-9) * step, step);
    }

    /** For values of a unit; long times have the round numbers of a clock. */
    static Scale of(double highest, Unit unit) {
        if (!unit.equals(Unit.NANOSECONDS) || highest < 10 * NANOS) {
            return of(highest);
        }
        double step = clockStep(highest / NANOS / STEPS) * NANOS;
        return new Scale(StrictMath.ceil(highest / step - 1e-9) * step, step);
    }

    /** For seconds, whose round numbers are those of a clock. */
    static Scale ofSeconds(double longest) {
        return new Scale(Math.max(longest, 1e-9), clockStep(longest / (2 * STEPS)));
    }

    private static double clockStep(double rough) {
        for (double seconds : MINUTES) {
            if (seconds >= rough) {
                return seconds;
            }
        }
        return MINUTES[MINUTES.length - 1];
    }

    /** 0 and all steps up to the top. */
    List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        for (int i = 0; i * step <= top * (1 + 1e-9); i++) {
            ticks.add(i * step);
        }
        return ticks;
    }
}
