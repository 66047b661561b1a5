package dev.kubechurn.sim.cli;

import static java.util.Objects.requireNonNull;

import dev.kubechurn.reports.render.Table;
import dev.kubechurn.sim.run.RunReport;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Links from a page to the pages of results, as far as those stand beside the results. They are relative, so that they hold
 * when the folder with all of them moves.
 */
final class PageLinks {

    private PageLinks() {}

    /**
     * The links, in the order of the results.
     *
     * @param page that has the links
     * @param results run directories, or files in them
     */
    static List<Table.Link> of(Path page, List<Path> results) {
        List<Table.Link> links = new ArrayList<>();
        Path from = folder(page);
        for (Path result : results) {
            Path run = Files.isDirectory(result) ? result.toAbsolutePath().normalize() : folder(result);
            Path to = run.resolve(RunReport.FILE);
            if (Files.isRegularFile(to) && run.getRoot().equals(from.getRoot())) {
                @Nullable Path name = run.getFileName();
                links.add(
                        new Table.Link(name == null ? run.toString() : name.toString(), address(from.relativize(to))));
            }
        }
        return links;
    }

    private static Path folder(Path file) {
        return requireNonNull(file.toAbsolutePath().normalize().getParent(), "a file stands in a folder");
    }

    /** As an address writes it: "/" between the parts, other characters of names escaped. */
    private static String address(Path relative) {
        List<String> parts = new ArrayList<>();
        relative.forEach(part -> parts.add(part.toString()));
        try {
            // with a slash first, so that a colon in a name does not read as a scheme
            return "." + new URI(null, null, "/" + String.join("/", parts), null).getRawPath();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a path is always part of an address: " + relative, e);
        }
    }
}
