package dev.kubechurn.sim.words;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** One phrase that a Vale style bans, and what the style says to write instead. */
record ProseRule(Pattern phrase, String advice) {

    /** The rules of all files of a style, in the order of their names. */
    static List<ProseRule> readAll(Path style) throws IOException {
        List<ProseRule> rules = new ArrayList<>();
        try (Stream<Path> files = Files.list(style)) {
            files.filter(file -> file.toString().endsWith(".yml")).sorted().forEach(file -> rules.addAll(read(file)));
        }
        return rules;
    }

    private static List<ProseRule> read(Path file) {
        Map<?, ?> style = load(file);
        boolean ignoreCase = Boolean.TRUE.equals(style.get("ignorecase"));
        List<ProseRule> rules = new ArrayList<>();
        if (style.get("swap") instanceof Map<?, ?> swap) {
            swap.forEach((phrase, instead) -> rules.add(of(phrase, ignoreCase, "write '" + instead + "' instead")));
        }
        if (style.get("tokens") instanceof List<?> tokens) {
            tokens.forEach(phrase ->
                    rules.add(of(phrase, ignoreCase, "is unclear: say what happens, to what, and what to do")));
        }
        if (rules.isEmpty()) {
            throw new IllegalArgumentException(file + ": neither swap nor tokens");
        }
        return rules;
    }

    private static Map<?, ?> load(Path file) {
        try {
            return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As Vale does: whole words only; and a blank in a rule is any white space in the text, a line's end too. */
    private static ProseRule of(Object phrase, boolean ignoreCase, String advice) {
        String words = phrase.toString().replace(" ", "\\s+");
        return new ProseRule(
                Pattern.compile("\\b(?:" + words + ")\\b", ignoreCase ? Pattern.CASE_INSENSITIVE : 0), advice);
    }

    /** Each place where prose has the phrase, as {@code FILE:LINE: 'phrase' advice}. */
    List<String> findIn(String file, String prose) {
        List<String> found = new ArrayList<>();
        Matcher matcher = phrase.matcher(prose);
        while (matcher.find()) {
            long line = 1
                    + prose.substring(0, matcher.start())
                            .chars()
                            .filter(c -> c == '\n')
                            .count();
            found.add(file + ":" + line + ": '" + matcher.group().replaceAll("\\s+", " ") + "' " + advice);
        }
        return found;
    }
}
