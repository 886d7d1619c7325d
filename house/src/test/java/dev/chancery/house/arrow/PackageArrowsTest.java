// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.arrow;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.chancery.house.tree.Tree;
import org.junit.jupiter.api.Test;

class PackageArrowsTest {

    private static final JavaClasses GUILTY = Guilty.classes();

    @Test
    void thePackagesOfTheTreeKeepTheirArrows() {
        var classes = Production.of(Tree.whole());
        var layout = Production.layout(Tree.whole());
        assertAll(PackageArrows.all(layout).stream()
                .map(judge -> () -> judge.over(classes).requireInnocent()));
    }

    @Test
    void theTreeHasFormatsToJudge() {
        assertTrue(Production.layout(Tree.whole()).formats().size() > 1, "lib/formats has fewer than two formats");
    }

    @Test
    void condemnsPackageCircles() {
        PackageArrows.noCircles(Guilty.LAYOUT).over(GUILTY).requireGuilty("Slice circle.right");
    }

    @Test
    void condemnsFormatsThatKnowEachOther() {
        PackageArrows.formatsApart(Guilty.LAYOUT).over(GUILTY).requireGuilty("OpenPgpFrame");
    }

    @Test
    void condemnsKeyProvidersThatKnowEachOther() {
        PackageArrows.keyProvidersApart(Guilty.LAYOUT).over(GUILTY).requireGuilty("FileKeys");
    }
}
