package dev.miniatura.internal.resample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.miniatura.Kernel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KernelFunctionTest {

  @ParameterizedTest
  @EnumSource(Kernel.class)
  void weight_beyondSupport_isZero(Kernel kernel) {
    double support = KernelFunction.support(kernel);
    assertThat(KernelFunction.weight(kernel, support + 1e-9)).isZero();
    assertThat(KernelFunction.weight(kernel, -support - 5)).isZero();
    assertThat(KernelFunction.weight(kernel, 0)).isEqualTo(1);
  }

  @Test
  void lanczos3_everywhere_matchesItsFormula() {
    for (double x = -3; x <= 3; x += 0.000_37) {
      double expected =
          Math.sin(Math.PI * x) * Math.sin(Math.PI * x / 3) * 3 / (Math.PI * Math.PI * x * x);
      assertThat(KernelFunction.weight(Kernel.LANCZOS3, x)).isCloseTo(expected, within(1e-5));
    }
  }

  @Test
  void catmullRom_atSamples_interpolates() {
    assertThat(KernelFunction.weight(Kernel.CATMULL_ROM, 1)).isCloseTo(0, within(1e-12));
    assertThat(KernelFunction.weight(Kernel.CATMULL_ROM, 0.5)).isCloseTo(0.5625, within(1e-12));
    assertThat(KernelFunction.weight(Kernel.CATMULL_ROM, -1.5)).isCloseTo(-0.0625, within(1e-12));
  }
}
