package io.reelmux.cuda.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bytedeco.cuda.global.cudart.CUDA_ERROR_INVALID_CONTEXT;
import static org.bytedeco.cuda.global.cudart.CUDA_ERROR_INVALID_VALUE;
import static org.bytedeco.cuda.global.cudart.CUDA_ERROR_NOT_READY;
import static org.bytedeco.cuda.global.cudart.CUDA_SUCCESS;
import static org.bytedeco.cuda.global.cudart.CU_STREAM_NON_BLOCKING;
import static org.bytedeco.cuda.global.cudart.cuCtxPopCurrent;
import static org.bytedeco.cuda.global.cudart.cuCtxPushCurrent;
import static org.bytedeco.cuda.global.cudart.cuCtxSynchronize;
import static org.bytedeco.cuda.global.cudart.cuDeviceGetCount;
import static org.bytedeco.cuda.global.cudart.cuDevicePrimaryCtxRelease;
import static org.bytedeco.cuda.global.cudart.cuDevicePrimaryCtxRetain;
import static org.bytedeco.cuda.global.cudart.cuEventCreate;
import static org.bytedeco.cuda.global.cudart.cuEventDestroy;
import static org.bytedeco.cuda.global.cudart.cuEventRecord;
import static org.bytedeco.cuda.global.cudart.cuInit;
import static org.bytedeco.cuda.global.cudart.cuMemAlloc;
import static org.bytedeco.cuda.global.cudart.cuMemFree;
import static org.bytedeco.cuda.global.cudart.cuMemcpyDtoH;
import static org.bytedeco.cuda.global.cudart.cuMemsetD8Async;
import static org.bytedeco.cuda.global.cudart.cuStreamCreate;
import static org.bytedeco.cuda.global.cudart.cuStreamDestroy;
import static org.bytedeco.cuda.global.cudart.cuStreamQuery;
import static org.bytedeco.cuda.global.cudart.cuStreamSynchronize;
import static org.bytedeco.cuda.global.cudart.cuStreamWaitEvent;

import io.reelmux.testing.RequiresStandin;
import io.reelmux.testing.Standin;
import org.bytedeco.cuda.cudart.CUctx_st;
import org.bytedeco.cuda.cudart.CUevent_st;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.javacpp.BytePointer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The stand-in's libcuda: memory, order of work, and leak detection. */
@RequiresStandin
class DriverStandinTest {
  private static final int SIZE = 1000;
  private static final byte FILLED = 7;

  private final CUctx_st context = new CUctx_st();

  @BeforeEach
  void retainPrimaryContext() {
    ok(cuInit(0));
    ok(cuDevicePrimaryCtxRetain(context, 0));
    ok(cuCtxPushCurrent(context));
  }

  @AfterEach
  void releasePrimaryContext() {
    ok(cuCtxPopCurrent(new CUctx_st()));
    ok(cuDevicePrimaryCtxRelease(0));
  }

  @Test
  void devices_numberSet_isReported(Standin standin) {
    int[] count = new int[1];

    standin.set("DEVICES", 3);

    ok(cuDeviceGetCount(count));
    assertThat(count[0]).isEqualTo(3);
  }

  @Test
  void call_withoutCurrentContext_isRefused() {
    ok(cuCtxPopCurrent(new CUctx_st()));

    assertThat(cuMemAlloc(new long[1], SIZE)).isEqualTo(CUDA_ERROR_INVALID_CONTEXT);

    ok(cuCtxPushCurrent(context));
  }

  @Test
  void copy_pastTheEndOfAnAllocation_isRefused() {
    long memory = allocate();
    try (BytePointer host = new BytePointer(SIZE + 1)) {
      assertThat(cuMemcpyDtoH(host, memory, SIZE + 1)).isEqualTo(CUDA_ERROR_INVALID_VALUE);
      assertThat(cuMemcpyDtoH(host, memory + 1, SIZE)).isEqualTo(CUDA_ERROR_INVALID_VALUE);
      ok(cuMemcpyDtoH(host, memory, SIZE));
    }
    ok(cuMemFree(memory));
  }

  @Test
  void deviceAddress_accessedByTheHost_crashesTheProcess() throws Exception {
    assertThat(HostAccess.inAnotherProcess("leave alone")).contains("allocated", "alive");
    assertThat(HostAccess.inAnotherProcess("read"))
        .contains("allocated", "SIGSEGV")
        .doesNotContain("alive");
  }

  @Test
  void work_onNonBlockingStream_runsOnlyWhenWaitedFor() {
    long memory = allocate();
    CUstream_st stream = newStream(CU_STREAM_NON_BLOCKING);

    ok(cuMemsetD8Async(memory, FILLED, SIZE, stream));

    assertThat(first(memory)).isNotEqualTo(FILLED);
    assertThat(cuStreamQuery(stream)).isEqualTo(CUDA_ERROR_NOT_READY);
    assertThat(first(memory)).isNotEqualTo(FILLED);
    ok(cuStreamSynchronize(stream));
    assertThat(first(memory)).isEqualTo(FILLED);
    ok(cuStreamDestroy(stream));
    ok(cuMemFree(memory));
  }

  @Test
  void work_onBlockingStream_precedesLaterWorkOnDefaultStream() {
    long memory = allocate();
    CUstream_st stream = newStream(0);

    ok(cuMemsetD8Async(memory, FILLED, SIZE, stream));

    assertThat(first(memory)).isEqualTo(FILLED);
    ok(cuStreamDestroy(stream));
    ok(cuMemFree(memory));
  }

  @Test
  void streamWaitEvent_seesWorkBeforeTheEventOnly() {
    long memory = allocate();
    CUstream_st first = newStream(CU_STREAM_NON_BLOCKING);
    CUstream_st second = newStream(CU_STREAM_NON_BLOCKING);
    CUevent_st event = new CUevent_st();
    ok(cuEventCreate(event, 0));

    ok(cuMemsetD8Async(memory, FILLED, SIZE, first));
    ok(cuEventRecord(event, first));
    ok(cuMemsetD8Async(memory, (byte) 9, SIZE, first));
    ok(cuStreamWaitEvent(second, event, 0));
    ok(cuStreamSynchronize(second));

    assertThat(first(memory)).isEqualTo(FILLED);
    ok(cuCtxSynchronize());
    assertThat(first(memory)).isEqualTo((byte) 9);
    ok(cuEventDestroy(event));
    ok(cuStreamDestroy(first));
    ok(cuStreamDestroy(second));
    ok(cuMemFree(memory));
  }

  @Test
  void lazyOff_work_runsImmediately(Standin standin) {
    standin.set("LAZY", 0);
    long memory = allocate();
    CUstream_st stream = newStream(CU_STREAM_NON_BLOCKING);

    ok(cuMemsetD8Async(memory, FILLED, SIZE, stream));

    assertThat(first(memory)).isEqualTo(FILLED);
    ok(cuStreamDestroy(stream));
    ok(cuMemFree(memory));
  }

  @Test
  void allocation_faultAtSecondCall_failsThatCallOnly(Standin standin) {
    standin.set("FAIL_ALLOC_AT", 2);
    long first = allocate();

    assertThat(cuMemAlloc(new long[1], SIZE)).isNotEqualTo(CUDA_SUCCESS);

    long third = allocate();
    ok(cuMemFree(first));
    ok(cuMemFree(third));
  }

  @Test
  void assertNothingLeft_liveAllocation_fails(Standin standin) {
    long memory = allocate();

    assertThat(standin.live()).containsEntry("alloc", "1").containsEntry("ctx", "1");
    assertThatThrownBy(standin::assertNothingLeft)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("alloc");

    ok(cuMemFree(memory));
  }

  @Test
  void assertNothingLeft_allocationLeakedByContext_fails(Standin standin) {
    allocate();
    ok(cuCtxPopCurrent(new CUctx_st()));
    ok(cuDevicePrimaryCtxRelease(0));

    assertThat(standin.live()).containsEntry("alloc", "0").containsEntry("ctx", "0");
    assertThatThrownBy(standin::assertNothingLeft)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("cuda leaked alloc=1");

    standin.reset();
    retainPrimaryContext();
  }

  @Test
  void assertNothingLeft_doubleFree_fails(Standin standin) {
    long memory = allocate();
    ok(cuMemFree(memory));

    assertThat(cuMemFree(memory)).isEqualTo(CUDA_ERROR_INVALID_VALUE);

    assertThatThrownBy(standin::assertNothingLeft).hasMessageContaining("misuse freed");
    standin.reset();
  }

  private static long allocate() {
    long[] memory = new long[1];
    ok(cuMemAlloc(memory, SIZE));
    return memory[0];
  }

  private static CUstream_st newStream(int flags) {
    CUstream_st stream = new CUstream_st();
    ok(cuStreamCreate(stream, flags));
    return stream;
  }

  /** The first byte, read by a copy on the default stream. */
  private static byte first(long memory) {
    try (BytePointer host = new BytePointer(1)) {
      ok(cuMemcpyDtoH(host, memory, 1));
      return host.get();
    }
  }

  private static void ok(int code) {
    assertThat(code).isEqualTo(CUDA_SUCCESS);
  }
}
