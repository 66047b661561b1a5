package dev.kubechurn.sim.words;

import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words for people in a file: its text with everything else made blank, so that each word keeps its line. Of Java the
 * string literals are prose, of YAML and shell the comments, of Markdown all but code, link targets and old releases.
 */
final class Prose {

    private static final Pattern CODE_OF_MARKDOWN =
            Pattern.compile("(?ms)^ *```.*?^ *```|^ *~~~.*?^ *~~~|`[^`]*`|]\\([^)]*\\)|<!--.*?-->|https?://\\S+");
    private static final Pattern OLD_RELEASES = Pattern.compile("(?s)\\A.*?\n## .*?\n(?=## )(.*)\\z");
    private static final Pattern COMMENT = Pattern.compile("(?m)(?:^|\\s)#(.*)$");

    /** Comments and characters come first, so that a quote in them starts no string. */
    private static final Pattern LITERAL_OF_JAVA = Pattern.compile("(?s)//[^\n]*|/\\*.*?\\*/|'(?:\\\\.|[^'\\\\\n])+'"
            + "|\"\"\"(?<block>(?:\\\\.|.)*?)\"\"\"|\"(?<string>(?:\\\\.|[^\"\\\\\n])*)\"");

    private static final Pattern ESCAPE = Pattern.compile("(?s)\\\\.");

    private Prose() {}

    static String of(Path file, String text) {
        String name = file.getFileName().toString();
        if (name.endsWith(".java")) {
            return literals(text);
        }
        if (!name.endsWith(".md")) {
            return comments(text);
        }
        if (name.equals("commands.md")) { // what --help says stands in blocks of code
            return text;
        }
        String current = name.equals("CHANGELOG.md") ? withoutOldReleases(text) : text;
        return CODE_OF_MARKDOWN.matcher(current).replaceAll(Prose::blank);
    }

    private static String withoutOldReleases(String text) {
        Matcher old = OLD_RELEASES.matcher(text);
        return old.matches() ? text.substring(0, old.start(1)) : text;
    }

    private static String comments(String text) {
        return keep(text, COMMENT.matcher(text), comment -> comment.start(1));
    }

    private static String literals(String text) {
        Matcher literal = LITERAL_OF_JAVA.matcher(text);
        StringBuilder prose = new StringBuilder(blank(text));
        while (literal.find()) {
            for (String group : new String[] {"block", "string"}) {
                if (literal.group(group) != null) {
                    String words = ESCAPE.matcher(literal.group(group)).replaceAll(Prose::blank);
                    prose.replace(literal.start(group), literal.end(group), words);
                }
            }
        }
        return prose.toString();
    }

    private interface Start {
        int of(Matcher matcher);
    }

    private static String keep(String text, Matcher matcher, Start start) {
        StringBuilder prose = new StringBuilder(blank(text));
        while (matcher.find()) {
            prose.replace(start.of(matcher), matcher.end(), text.substring(start.of(matcher), matcher.end()));
        }
        return prose.toString();
    }

    private static String blank(MatchResult match) {
        return blank(match.group());
    }

    private static String blank(String text) {
        return text.replaceAll("[^\n]", " ");
    }
}
