package dev.kubechurn.sim.apiserver.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openjdk.jol.info.ClassLayout;

/** What there are millions of must be small; with the usual 4 bytes for a reference. */
final class FootprintTest {

    @BeforeAll
    static void letJolAttachNowhere() {
        System.setProperty("jol.skipDynamicAttach", "true");
        System.setProperty("jol.skipHotspotSAAttach", "true");
    }

    @Test
    void anOpenWatchTakes64Bytes() {
        assertThat(ClassLayout.parseClass(VirtualWatch.class).instanceSize()).isLessThanOrEqualTo(64);
    }
}
