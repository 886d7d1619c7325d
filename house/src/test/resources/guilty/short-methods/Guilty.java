// SPDX-License-Identifier: Apache-2.0
class Guilty {
    void m0() {}
    void m1() {}
    void m2() {}
    void m3() {}
    void m4() {}
    void m5() {}
    void m6() {}
    void m7() {}
    void m8() {}
    void m9() {}
    void m10() {}
    void m11() {}
    void m12() {}
    void m13() {}
    void m14() {}
    void m15() {}
    void m16() {}
    void m17() {}
    int longish(int count) {
        count += 0;
        count += 1;
        count += 2;
        count += 3;
        count += 4;
        count += 5;
        count += 6;
        count += 7;
        count += 8;
        count += 9;
        count += 10;
        count += 11;
        count += 12;
        count += 13;
        count += 14;
        count += 15;
        count += 16;
        count += 17;
        count += 18;
        count += 19;
        count += 20;
        count += 21;
        count += 22;
        return count;
    }
    int notLong(int count) {
        count += 0;
        count += 1;
        count += 2;
        count += 3;
        count += 4;
        count += 5;
        count += 6;
        count += 7;
        count += 8;
        count += 9;
        count += 10;
        count += 11;
        count += 12;
        count += 13;
        count += 14;
        count += 15;
        count += 16;
        count += 17;
        count += 18;
        count += 19;
        count += 20;
        count += 21;
        return count;
    }
    int another(int count) {
        count++;
        count++;
        count++;
        count++;
        count++;
        count++;
        count++;
        count++;
        count++;
        count++;
        count++;
        count++;
        count++;
        count++;
        count++;
        count++;
        count++;
        count++;
        count++;
        count++;
        count++;
        count++;
        count++;
        return count;
    }
}
