package dev.kubechurn.core.volume;

import java.io.IOException;
import java.nio.file.Path;

/** Real files, with a hook before every change; by default it only counts. */
class CountingFiles implements VolumeFiles {

    private final VolumeFiles real = new PosixVolumeFiles();
    int changes;

    /** Called before each change that is about to be made. */
    void before(String change) throws IOException {
        changes++;
    }

    @Override
    public void makeDirectory(Path directory) throws IOException {
        before("makeDirectory " + directory.getFileName());
        real.makeDirectory(directory);
    }

    @Override
    public void makeFile(Path file, VolumeFile content) throws IOException {
        before("makeFile " + file.getFileName());
        real.makeFile(file, content);
    }

    @Override
    public void makeLink(Path link, Path to) throws IOException {
        before("makeLink " + link.getFileName());
        real.makeLink(link, to);
    }

    @Override
    public void replaceLink(Path by, Path link) throws IOException {
        before("replaceLink " + link.getFileName());
        real.replaceLink(by, link);
    }

    @Override
    public void remove(Path path) throws IOException {
        before("remove " + path.getFileName());
        real.remove(path);
    }
}
