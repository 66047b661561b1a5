package dev.kubechurn.sim.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * The pages in a real browser: nothing is fetched, nothing complains, charts have marks, and a phone shows them without moving
 * sideways. Skipped where chromium and its driver are not installed (Debian: chromium, chromium-driver).
 */
final class PagesInBrowserTest {

    @TempDir
    private static Path directory;

    private static @Nullable ChromeDriver browser;

    @BeforeAll
    static void open() {
        @Nullable File driver = found("chromedriver");
        @Nullable File chromium = found("chromium");
        assumeTrue(
                driver != null && chromium != null,
                "chromium and chromedriver are not on the path: no page was looked at");
        make();
        browser = start(requireNonNull(driver), requireNonNull(chromium), true);
    }

    private static @Nullable File found(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> new File(folder, program))
                .filter(File::canExecute)
                .findFirst()
                .orElse(null);
    }

    private static ChromeDriver start(File driver, File chromium, boolean scripts) {
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium);
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync");
        options.setCapability("goog:loggingPrefs", logs);
        if (!scripts) {
            options.setExperimentalOption("prefs", Map.of("profile.managed_default_content_settings.javascript", 2));
        }
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(driver)
                .withTimeout(Duration.ofMinutes(2))
                .build();
        ChromeDriver started = new ChromeDriver(service, options);
        started.manage().timeouts().pageLoadTimeout(Duration.ofSeconds(60));
        return started;
    }

    /** A page of each kind, as the commands write them. */
    private static void make() {
        CapturedTerminal terminal = new CapturedTerminal();
        Path run = directory.resolve("run");
        String[] small = {"--quiet", "--duration=60s", "--set=cluster.nodes=3"};
        run(terminal, 0, Stream.concat(Stream.of("run", "--transport=virtual", "--out", run), Stream.of(small)));
        run(
                terminal,
                0,
                Stream.concat(
                        Stream.of(
                                "sweep",
                                "steady-churn",
                                "--vary=strategy=Watch,Cache",
                                "--seeds=2",
                                "--out",
                                directory.resolve("sweep")),
                        Stream.of(small)));
        Path comparison = directory.resolve("comparison/report.html");
        run(terminal, 0, Stream.of("compare", run, "--", run, "--html", comparison));
        Path history = directory.resolve("history");
        run(terminal, 0, Stream.of("history", "add", history, run));
        run(terminal, 0, Stream.of("history", "show", history, "--html", history.resolve("report.html")));
    }

    private static void run(CapturedTerminal terminal, int code, Stream<Object> arguments) {
        assertThat(terminal.execute(arguments.toArray())).as(terminal.err()).isEqualTo(code);
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.quit();
        }
    }

    private static ChromeDriver browser() {
        return requireNonNull(browser);
    }

    private static String address(String page) {
        return directory.resolve(page).resolve("report.html").toUri().toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "sweep", "comparison", "history"})
    void opensWithoutRequestsAndComplaints(String page) {
        browser().manage().logs().get(LogType.PERFORMANCE);
        browser().get(address(page));

        assertThat(browser().findElement(By.cssSelector("h1 .badge")).getText()).isNotEmpty();
        assertThat(browser().findElement(By.cssSelector(".answer")).getText()).isNotEmpty();
        assertThat(browser().manage().logs().get(LogType.BROWSER).getAll())
                .as("the console")
                .isEmpty();
        List<String> requests = browser().manage().logs().get(LogType.PERFORMANCE).getAll().stream()
                .map(entry -> entry.getMessage())
                .filter(message -> message.contains("Network.requestWillBeSent\""))
                .toList();
        assertThat(requests)
                .as("requests but for the page itself")
                .hasSize(1)
                .allMatch(each -> each.contains(address(page)));
        assertThat(directory.resolve(page).resolve("report.html"))
                .satisfies(file -> assertThat(Files.size(file)).isLessThan(1 << 20));
    }

    @Test
    void chartsHaveMarksAndTellTheirFigures() {
        browser().get(address("run"));
        assertThat(browser().findElements(By.cssSelector("figure svg polyline")))
                .hasSizeGreaterThanOrEqualTo(3)
                .allMatch(line -> line.getAttribute("points") != null
                        && requireNonNull(line.getAttribute("points")).length() > 20);
        assertThat(browser()
                        .findElement(By.cssSelector("polyline[data-name='update → pod']"))
                        .getAttribute("data-tips"))
                .matches("(\\d+\\.\\d;\\d+\\.\\d;\\d+\\.\\d+ %;\\d[^|;]* m?s\\|?)+");

        browser().get(address("sweep"));
        assertThat(browser().findElements(By.cssSelector("figure svg rect"))).hasSizeGreaterThanOrEqualTo(2);
        browser().get(address("history"));
        assertThat(browser().findElement(By.cssSelector("circle[aria-label]")).getAttribute("aria-label"))
                .contains(": ");
    }

    @Test
    void pointingShowsFigures() {
        browser().manage().window().setSize(new Dimension(1280, 900));
        browser().get(address("run"));
        WebElement tip = browser().findElement(By.id("tip"));
        assertThat(tip.isDisplayed()).isFalse();

        WebElement chart = browser().findElement(By.cssSelector("figure svg:has(polyline)"));
        new Actions(browser()).moveToElement(chart).perform();
        assertThat(tip.isDisplayed()).isTrue();
        assertThat(tip.getText()).containsPattern("^\\d+ s\\nopen watches: \\d+$");
        assertThat(browser().findElements(By.cssSelector("svg .spot"))).hasSize(1);

        WebElement bar = browser().findElement(By.cssSelector("figure svg g[aria-label^='configmaps/']"));
        new Actions(browser()).moveToElement(bar).perform();
        assertThat(tip.getText()).contains("configmaps/").containsPattern(": [\\d,]+$");
    }

    @Test
    void arrowKeysGoAlongAChart() {
        browser().get(address("run"));
        WebElement tip = browser().findElement(By.id("tip"));
        WebElement figure = browser().findElement(By.cssSelector("figure:has(polyline)"));

        figure.sendKeys(Keys.ARROW_RIGHT);
        String first = tip.getText();
        figure.sendKeys(Keys.ARROW_RIGHT);
        assertThat(tip.getText()).isNotEmpty().isNotEqualTo(first).contains("open watches: ");
        figure.sendKeys(Keys.ESCAPE);
        assertThat(tip.isDisplayed()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "sweep", "comparison", "history"})
    void aPhoneShowsItWithoutMovingSideways(String page) {
        browser().manage().window().setSize(new Dimension(500, 900));
        browser().get(address(page));

        Object wider = browser()
                .executeScript("return document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assertThat(wider).isEqualTo(0L);
    }

    /** By what the browser draws, at the width of a screen and of a phone. */
    @ParameterizedTest
    @CsvSource({
        "run, 1280",
        "sweep, 1280",
        "comparison, 1280",
        "history, 1280",
        "run, 500",
        "sweep, 500",
        "comparison, 500",
        "history, 500"
    })
    void noLabelCoversAnother(String page, int width) {
        browser().manage().window().setSize(new Dimension(width, 900));
        browser().get(address(page));

        Object covering = browser().executeScript("""
                const found = [];
                document.querySelectorAll('svg').forEach(svg => {
                  const texts = [...svg.querySelectorAll('text')].map(text => [text.textContent, text.getBBox()]);
                  texts.forEach(([a, one], i) => texts.slice(i + 1).forEach(([b, other]) => {
                    if (one.x < other.x + other.width && other.x < one.x + one.width
                        && one.y + 2 < other.y + other.height - 2 && other.y + 2 < one.y + one.height - 2) {
                      found.push(a + ' and ' + b);
                    }
                  }));
                  texts.filter(([, box]) => box.x < 0 || box.x + box.width > svg.viewBox.baseVal.width)
                    .forEach(([text]) => found.push(text + ' leaves the picture'));
                });
                return found;
                """);
        assertThat(covering).asInstanceOf(InstanceOfAssertFactories.LIST).isEmpty();
    }

    @Test
    void tablesSortByValue() {
        browser().manage().window().setSize(new Dimension(1280, 900));
        browser().get(address("run"));
        String table = "table:has(tbody td[data-value])";
        List<String> before = column(table, 1, "textContent");
        WebElement head = browser().findElement(By.cssSelector(table + " th:nth-child(7)"));
        WebElement button = head.findElement(By.tagName("button"));

        button.click();
        assertThat(head.getAttribute("aria-sort")).isEqualTo("ascending");
        List<Double> counts =
                column(table, 7, "dataset.value").stream().map(Double::valueOf).toList();
        assertThat(counts).hasSizeGreaterThan(3).isSorted();
        button.sendKeys(Keys.ENTER);
        assertThat(head.getAttribute("aria-sort")).isEqualTo("descending");
        assertThat(column(table, 7, "dataset.value").stream()
                        .map(Double::valueOf)
                        .toList())
                .isSortedAccordingTo(Comparator.reverseOrder());
        button.sendKeys(Keys.SPACE);
        assertThat(head.getAttribute("aria-sort")).isNull();
        assertThat(column(table, 1, "textContent"))
                .as("the order that it came with")
                .isEqualTo(before);
    }

    @SuppressWarnings("unchecked")
    private static List<String> column(String table, int column, String property) {
        return (List<String>) requireNonNull(browser()
                .executeScript("return [...document.querySelector(\"" + table
                        + "\").tBodies[0].rows].map(row => row.cells[" + (column - 1) + "]." + property + ")"));
    }

    @Test
    void aSweepItsRunsAndAComparisonLeadToEachOther() throws IOException {
        Path moved = Files.move(directory.resolve("sweep"), directory.resolve("moved & away"));
        try {
            browser().get(moved.resolve("report.html").toUri().toString());
            browser().findElement(By.linkText("seed 43")).click();
            assertThat(browser().getTitle()).isEqualTo("steady-churn");
            browser().findElement(By.partialLinkText("sweep of steady-churn")).click();
            assertThat(browser().getTitle()).isEqualTo("Sweep of steady-churn");
        } finally {
            Files.move(moved, directory.resolve("sweep"));
        }

        browser().get(address("comparison"));
        assertThat(browser().findElements(By.linkText("run"))).hasSize(2);
        browser().findElement(By.linkText("run")).click();
        assertThat(browser().getCurrentUrl()).isEqualTo(address("run"));
    }

    @Test
    void termsOpenWithTheKeyboard() {
        browser().get(address("run"));
        WebElement terms = browser().findElement(By.cssSelector("details.terms"));
        WebElement term = terms.findElement(By.tagName("dfn"));
        assertThat(term.isDisplayed()).isFalse();

        terms.findElement(By.tagName("summary")).sendKeys(Keys.ENTER);
        assertThat(term.isDisplayed()).isTrue();
        assertThat(terms.getText()).contains("open watch", "Each one takes memory in the API server.");
    }

    @Test
    void needsNoScript() {
        ChromeDriver without = start(requireNonNull(found("chromedriver")), requireNonNull(found("chromium")), false);
        try {
            without.get(address("run"));
            assertThat(without.getPageSource()).contains("checks: 0 violations", "<polyline", "<table");
            assertThat(without.getTitle()).isEqualTo("steady-churn");
            assertThat(without.findElements(By.cssSelector("thead button"))).isEmpty();
            without.findElement(By.cssSelector("details.terms summary")).click();
            assertThat(without.findElement(By.cssSelector("details.terms dfn")).isDisplayed())
                    .isTrue();
        } finally {
            without.quit();
        }
    }
}
