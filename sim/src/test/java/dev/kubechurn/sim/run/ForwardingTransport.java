package dev.kubechurn.sim.run;

import dev.kubechurn.core.api.ObjectApi;
import dev.kubechurn.sim.apiserver.virtual.NetworkFigures;
import dev.kubechurn.sim.faults.FaultDomain;
import dev.kubechurn.sim.metrics.ObjectId;
import dev.kubechurn.sim.workload.ObjectWriter;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Map;
import java.util.Optional;

/** A transport that does what another one does; for those that change a part of it. */
abstract class ForwardingTransport implements Transport {

    private final Transport real;

    ForwardingTransport(Transport real) {
        this.real = real;
    }

    @Override
    public ObjectApi<ConfigMap> configMaps(int node) {
        return real.configMaps(node);
    }

    @Override
    public ObjectApi<Secret> secrets(int node) {
        return real.secrets(node);
    }

    @Override
    public String title() {
        return real.title();
    }

    @Override
    public String caution() {
        return real.caution();
    }

    @Override
    public void kubeletStarted(int node) {
        real.kubeletStarted(node);
    }

    @Override
    public void measureFrom(long nanos) {
        real.measureFrom(nanos);
    }

    @Override
    public long readable() {
        return real.readable();
    }

    @Override
    public FaultDomain faultDomain(FaultyKubelets kubelets) {
        return real.faultDomain(kubelets);
    }

    @Override
    public void loadEnded() {
        real.loadEnded();
    }

    @Override
    public int waiting() {
        return real.waiting();
    }

    @Override
    public int underWay() {
        return real.underWay();
    }

    @Override
    public Optional<NetworkFigures> modelFigures() {
        return real.modelFigures();
    }

    @Override
    public ObjectWriter writer() {
        return real.writer();
    }

    @Override
    public int underWay(int node) {
        return real.underWay(node);
    }

    @Override
    public ServerLoad load() {
        return real.load();
    }

    @Override
    public Map<ObjectId, Integer> openWatches() {
        return real.openWatches();
    }

    @Override
    public void close() {
        real.close();
    }
}
