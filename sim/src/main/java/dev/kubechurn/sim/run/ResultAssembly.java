package dev.kubechurn.sim.run;

import dev.kubechurn.reports.result.Breakdown;
import dev.kubechurn.reports.result.CheckResult;
import dev.kubechurn.reports.result.HistogramMetric;
import dev.kubechurn.reports.result.HostEnvironment;
import dev.kubechurn.reports.result.Metric;
import dev.kubechurn.reports.result.MetricDescriptor;
import dev.kubechurn.reports.result.RangeMetric;
import dev.kubechurn.reports.result.RunResult;
import dev.kubechurn.reports.result.RunResultBuilder;
import dev.kubechurn.reports.result.Unit;
import dev.kubechurn.sim.apiserver.virtual.NetworkFigures;
import dev.kubechurn.sim.check.Check;
import dev.kubechurn.sim.check.Violations;
import dev.kubechurn.sim.cluster.Cluster;
import dev.kubechurn.sim.faults.Faults;
import dev.kubechurn.sim.metrics.LatencyRecorder;
import dev.kubechurn.sim.metrics.RunRecorders;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes the result of a run from what was recorded. */
final class ResultAssembly {

    private static final List<String> VERBS = List.of("list", "watch", "get");

    private final RunPlan plan;
    private final boolean exact;
    private final long eventsFired;
    private final ServerLoad load;
    private final ServerLoad loadAtEnd;
    private final Optional<NetworkFigures> model;
    private final Optional<Breakdown> held;
    private final String caution;
    private final List<String> happened;
    private final RunRecorders recorders;
    private final Sampler sampler;
    private final Violations violations;
    private final Faults faults;
    private final Map<String, ProcessFigures> processFigures = new LinkedHashMap<>();

    private Map<String, String> facts = Map.of();
    private List<Metric> ownFigures = List.of();
    private long lateNanos;

    /**
     * Made when all has come to its end.
     *
     * @param passage what passed in virtual time is exact, unless somebody ended it: that moment is chance
     * @param load on the server when the load ended: the quiet after it takes as long as the strategy needs
     * @param held whose watches were open then
     * @param model what a model of the server had seen then, if there is one
     */
    ResultAssembly(
            RunPlan plan,
            Passage passage,
            ServerLoad load,
            Optional<Breakdown> held,
            Optional<NetworkFigures> model,
            Transport transport,
            RunRecorders recorders,
            Sampler sampler,
            Violations violations,
            Faults faults) {
        this.plan = plan;
        this.exact = plan.virtualTime() && !passage.ended();
        this.eventsFired = passage.eventsFired();
        this.load = load;
        this.held = held;
        this.model = model;
        this.loadAtEnd = transport.load();
        this.caution = transport.caution();
        this.happened = transport.notes();
        this.recorders = recorders;
        this.sampler = sampler;
        this.violations = violations;
        this.faults = faults;
    }

    /**
     * Says where the result comes from.
     *
     * @param from beyond the machine
     * @param own what the server tells of itself
     * @param late by how much this process came after the others of its run
     */
    void place(Map<String, String> from, List<Metric> own, long late) {
        facts = Map.copyOf(from);
        ownFigures = List.copyOf(own);
        lateNanos = late;
    }

    RunResult assemble(
            Instant started,
            long durationNanos,
            @Nullable String partialReason,
            int pods,
            int waitingPods,
            Cluster.References references) {
        RunResultBuilder result = RunResult.builder(RunResult.RUN, plan.name())
                .title(plan.description())
                .started(started)
                .duration(Duration.ofNanos(durationNanos))
                .environment(HostEnvironment.describe(Build.version(), Optional.empty()))
                .environment(new TreeMap<>(facts))
                .parameters(plan.parameters());
        if (partialReason != null) {
            result.partial(partialReason);
        }
        if (exact) {
            result.digested();
        }
        addLatencies(result);
        addServerLoad(result);
        addLoadOfChecks(result);
        addFaults(result);
        model.ifPresent(figures -> new ModelMetrics(result, this::asPrecise).add(figures));
        if (plan.virtualTime()) {
            addEngine(result);
        }
        addProcess(result);
        result.metrics(ownFigures);
        result.value(count("pods"), pods);
        result.value(count("references"), references.references());
        result.value(count("entries"), references.entries());
        result.value(count("updates"), plan.workload().updatesWritten());
        if (plan.workload().deletes()) {
            result.value(count("deletions"), plan.workload().deletionsWritten());
        }
        sampler.series().forEach(result::series);
        held.ifPresent(result::breakdown);
        addChecks(result);
        addNotes(result, waitingPods);
        return result.build();
    }

    private void addLatencies(RunResultBuilder result) {
        histogram(result, "registration.latency", "call", recorders.registration());
        histogram(result, "registration.latency", "due", recorders.registrationFromDue());
        histogram(result, "lookup.latency", "call", recorders.lookup());
        histogram(result, "lookup.latency", "memory", recorders.lookupFromMemory());
        histogram(result, "lookup.latency", "due", recorders.lookupFromDue());
        histogram(result, "resolve.latency", "call", recorders.resolve());
        histogram(result, "resolve.latency", "due", recorders.resolveFromDue());
        histogram(result, "propagation.latency", recorders.propagation());
        histogram(result, "visible.latency", recorders.visible());
        histogram(result, "sync.latency", recorders.sync());
        histogram(result, "staleness", recorders.staleness());
        result.value(count("propagation.leftOut"), recorders.propagationLeftOut());
        result.value(count("visible.leftOut"), recorders.visibleLeftOut());
        result.value(count("lookup.failed").lowerIsBetter(), recorders.failedLookups());
        result.value(count("mount.failed").lowerIsBetter(), recorders.failedMounts());
        result.value(count("resolve.failed").lowerIsBetter(), recorders.failedStarts());
        result.value(count("resolve.skippedNames").lowerIsBetter(), recorders.skippedNames());
        result.value(count("volumes.written"), recorders.writtenVolumes());
        result.value(count("reflector.relists").lowerIsBetter(), recorders.relists());
        result.value(count("reflector.reconnects").lowerIsBetter(), recorders.reconnects());
    }

    private void addServerLoad(RunResultBuilder result) {
        for (String verb : VERBS) {
            result.value(count("apiserver.requests").label("verb", verb).lowerIsBetter(), load.requests(verb));
        }
        result.value(
                metric("apiserver.requests.peak", Unit.PER_SECOND).lowerIsBetter(), sampler.peakRequestsPerSecond());
        result.value(count("apiserver.watches.peak").lowerIsBetter(), loadAtEnd.watchesPeak());
        result.value(count("apiserver.watches.end").lowerIsBetter(), loadAtEnd.watches());
        result.value(count("apiserver.events").lowerIsBetter(), load.events());
        if (load.bytes() != ServerLoad.UNKNOWN) {
            result.value(metric("apiserver.bytes", Unit.BYTES).lowerIsBetter(), load.bytes());
        }
        result.metric(new RangeMetric(
                MetricDescriptor.of("memory.perWatch", Unit.BYTES).lowerIsBetter(),
                plan.bytesPerWatch().low(),
                plan.bytesPerWatch().high()));
        result.metric(new RangeMetric(
                MetricDescriptor.of("memory.watches", Unit.BYTES).lowerIsBetter(),
                loadAtEnd.watchesPeak() * plan.bytesPerWatch().low(),
                loadAtEnd.watchesPeak() * plan.bytesPerWatch().high()));
        result.value(metric("memory.watches.perKiB", Unit.BYTES).lowerIsBetter(), 1024 * loadAtEnd.watchesPeak());
    }

    /** What came after the load: the two together are what the server counts from the first kubelet to the last watch. */
    private void addLoadOfChecks(RunResultBuilder result) {
        for (String verb : VERBS) {
            result.value(
                    count(ServerLoad.OF_CHECKS + "requests").label("verb", verb),
                    loadAtEnd.requests(verb) - load.requests(verb));
        }
        result.value(count(ServerLoad.OF_CHECKS + "events"), loadAtEnd.events() - load.events());
        if (load.bytes() != ServerLoad.UNKNOWN) {
            result.value(metric(ServerLoad.OF_CHECKS + "bytes", Unit.BYTES), loadAtEnd.bytes() - load.bytes());
        }
    }

    /** The work of the whole run, for how fast it was done; what the kubelets were handed, and what pods read. */
    private void addEngine(RunResultBuilder result) {
        result.value(count("engine.events"), eventsFired);
        result.value(count("engine.deliveries"), loadAtEnd.allRequests() + loadAtEnd.events());
        result.value(count("engine.lookups"), recorders.lookup().total().getTotalCount());
    }

    /** What a process in wall time held before the server and its clients came up, and after they were closed. */
    ResultAssembly process(ProcessFigures before, ProcessFigures after) {
        processFigures.put("start", before);
        processFigures.put("end", after);
        return this;
    }

    private void addProcess(RunResultBuilder result) {
        processFigures.forEach((when, figures) -> {
            MetricDescriptor threads = MetricDescriptor.of("process.threads", Unit.COUNT);
            result.value(threads.label("at", when).lowerIsBetter(), figures.threads());
            MetricDescriptor descriptors = MetricDescriptor.of("process.descriptors", Unit.COUNT);
            result.value(descriptors.label("at", when).lowerIsBetter(), figures.descriptors());
            MetricDescriptor heap = MetricDescriptor.of("process.heap", Unit.BYTES);
            result.value(heap.label("at", when).lowerIsBetter(), figures.heapBytes());
        });
    }

    private void addChecks(RunResultBuilder result) {
        for (Check check : Check.values()) {
            int count = violations.count(check);
            if (count > 0) {
                result.check(CheckResult.violated(check.title(), count, violations.messages(check)));
            } else {
                result.check(violations
                        .whyNotChecked(check)
                        .map(why -> CheckResult.notChecked(check.title(), why))
                        .orElseGet(() -> CheckResult.held(check.title())));
            }
        }
    }

    private void addFaults(RunResultBuilder result) {
        faults.struck()
                .forEach((name, times) -> result.value(count("faults.struck").label("fault", name), times));
    }

    private void addNotes(RunResultBuilder result, int waitingPods) {
        result.note(caution);
        happened.forEach(result::note);
        if (waitingPods > 0) {
            result.note(waitingPods
                    + " pods had not started when the load ended: an object or key that they reference was missing");
        }
        if (lateNanos > 0) {
            result.note(String.format(
                    Locale.ROOT,
                    "this shard joined %.1f s after the others: its work up to that time was skipped",
                    lateNanos / 1e9));
        }
        plan.notes().forEach(result::note);
    }

    private MetricDescriptor count(String name) {
        return metric(name, Unit.COUNT);
    }

    /** Of a metric that is exact where the run is. */
    private MetricDescriptor metric(String name, Unit unit) {
        return asPrecise(MetricDescriptor.of(name, unit));
    }

    private MetricDescriptor asPrecise(MetricDescriptor sampled) {
        return exact ? sampled.exact() : sampled;
    }

    private void histogram(RunResultBuilder result, String name, String measuredFrom, LatencyRecorder recorder) {
        result.metric(HistogramMetric.of(
                metric(name, Unit.NANOSECONDS).label("from", measuredFrom).lowerIsBetter(), recorder.total()));
    }

    private void histogram(RunResultBuilder result, String name, LatencyRecorder recorder) {
        result.metric(HistogramMetric.of(metric(name, Unit.NANOSECONDS).lowerIsBetter(), recorder.total()));
    }
}
