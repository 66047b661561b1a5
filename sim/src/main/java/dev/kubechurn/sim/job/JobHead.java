package dev.kubechurn.sim.job;

import java.util.ArrayList;
import java.util.List;

/** What stands above the manifests: what they are, and what to do with them. */
record JobHead(Task task, JobSettings settings) {

    List<String> lines() {
        List<String> lines = new ArrayList<>(task.description(settings.name(), settings.shards()));
        lines.add("");
        lines.add("Apply (Kubernetes 1.29 or later):");
        lines.add("  kubechurn job … | kubectl apply -f -");
        lines.add("Wait (a failed Job never completes; kubectl describe shows the reason):");
        lines.add("  " + kubectl("wait --for=condition=Complete --timeout=24h job/" + settings.name()));
        lines.add("Collect the results from the claim " + settings.storage().claim() + ":");
        collect().forEach(line -> lines.add("  " + line));
        lines.add("Clean up" + (settings.storage() instanceof Storage.Claimed ? ", including the results:" : ":"));
        remove().forEach(line -> lines.add("  " + line));
        return lines;
    }

    private String kubectl(String rest) {
        return "kubectl -n " + settings.namespace() + " " + rest;
    }

    private List<String> collect() {
        String directory = task.directory(settings.name());
        String local = "out/" + directory;
        List<String> lines = new ArrayList<>();
        lines.add("sed 's|IMAGE|" + settings.image() + "|; s|CLAIM|"
                + settings.storage().claim() + "|' deploy/collect.yaml | " + kubectl("apply -f -"));
        lines.add(kubectl("wait --for=condition=Ready pod/kubechurn-collect"));
        lines.add(kubectl("cp kubechurn-collect:" + ShardedJob.results(task, settings) + " " + local));
        lines.add(kubectl("delete pod kubechurn-collect"));
        lines.addAll(task.afterwards(local, settings.shards()));
        return lines;
    }

    private List<String> remove() {
        String selector = " -l " + JobLabels.INSTANCE + "=" + settings.name();
        List<String> lines = new ArrayList<>();
        lines.add(kubectl("delete job,configmap,serviceaccount"
                + (settings.storage() instanceof Storage.Claimed ? ",pvc" : "")
                + selector));
        if (task.needsCluster()) {
            lines.add("kubectl delete clusterrolebinding,clusterrole" + selector);
        }
        return lines;
    }
}
