/* Modules and kernels: the PTX is only checked; its kernels run from a library built from the same source. */
#define _GNU_SOURCE
#include "cuda_standin.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef void host_kernel(void **parameters, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned);

struct function {
  CUfunction next;
  host_kernel *run;
  size_t parameter_size;
  char name[96];
};

struct module {
  CUmodule next;
  CUcontext context;
  void *library;
  CUfunction functions;
};

static CUmodule modules;

/* Kernels call this for each of their device pointers. An address outside device memory is tagged, so that it faults. */
static void *untag(unsigned long long address) {
  driver_lock();
  char *host = device_bytes(address, 1, NULL);
  if (!host) journal("cuda misuse a kernel got the address 0x%llx, which is not device memory", address);
  driver_unlock();
  return host ? host : (void *)(uintptr_t)(address | 1ULL << 60);
}

/* A driver supports the PTX version of its CUDA version: 13.x supports 9.x, 12.x 8.x, 11.x 7.x. */
static CUresult check_ptx(const char *text) {
  const char *version = strstr(text, ".version ");
  const char *target = strstr(text, ".target sm_");
  if (!version || !target) return CUDA_ERROR_INVALID_IMAGE;
  long long driver = setting("CUDA_VERSION", 13030);
  if (atoi(version + 9) > driver / 1000 - 4) return CUDA_ERROR_UNSUPPORTED_PTX_VERSION;
  return atoi(target + 11) > setting("COMPUTE", 89) ? CUDA_ERROR_NO_BINARY_FOR_GPU : CUDA_SUCCESS;
}

static CUresult open_kernels(void **library) {
  char path[4096];
  setting_path("KERNELS", "kernels_host.so", path, sizeof(path));
  *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (!*library) {
    journal("cuda misuse no kernels: %s", dlerror());
    return CUDA_ERROR_FILE_NOT_FOUND;
  }
  void *(**untag_hook)(unsigned long long) = dlsym(*library, "reelmux_untag");
  if (untag_hook) *untag_hook = untag;
  return CUDA_SUCCESS;
}

EXPORT CUresult cuModuleLoadDataEx(CUmodule *module, const void *image, unsigned options, int *keys, void **values) {
  FAULT_POINT();
  (void)options;
  (void)keys;
  (void)values;
  CUcontext context;
  CUresult result = enter(&context);
  if (!result) result = (CUresult)setting("FAIL_MODULE", CUDA_SUCCESS);
  if (!result) result = check_ptx(image);
  void *library = NULL;
  if (!result) result = open_kernels(&library);
  if (result) return leave(result);
  *module = calloc(1, sizeof(**module));
  if (!*module) return leave(CUDA_ERROR_OUT_OF_MEMORY);
  **module = (struct module){.next = modules, .context = context, .library = library};
  modules = *module;
  count(&live.modules, 1);
  return leave(CUDA_SUCCESS);
}

EXPORT CUresult cuModuleLoadData(CUmodule *module, const void *image) {
  FAULT_POINT();
  return cuModuleLoadDataEx(module, image, 0, NULL, NULL);
}

static void end_module(CUmodule module) {
  for (CUmodule *link = &modules; *link; link = &(*link)->next) {
    if (*link != module) continue;
    *link = module->next;
    break;
  }
  for (CUfunction f = module->functions, next; f; f = next) {
    next = f->next;
    free(f);
  }
  dlclose(module->library);
  free(module);
  count(&live.modules, -1);
}

int unload_modules_of(CUcontext context) {
  int unloaded = 0;
  for (CUmodule m = modules, next; m; m = next) {
    next = m->next;
    if (m->context != context) continue;
    end_module(m);
    unloaded++;
  }
  return unloaded;
}

static CUresult find_module(CUmodule module) {
  for (CUmodule m = modules; m; m = m->next) {
    if (m == module) return CUDA_SUCCESS;
  }
  return CUDA_ERROR_INVALID_HANDLE;
}

EXPORT CUresult cuModuleUnload(CUmodule module) {
  CUcontext context;
  CUresult result = enter(&context);
  if (!result) result = find_module(module);
  if (result) return leave(result);
  run_context(module->context);
  end_module(module);
  return leave(RELEASED());
}

static CUresult load_function(CUfunction *function, CUmodule module, const char *name) {
  char symbol[128];
  snprintf(symbol, sizeof(symbol), "%s__host", name);
  void *run = dlsym(module->library, symbol);
  snprintf(symbol, sizeof(symbol), "%s__param_size", name);
  const unsigned *size = dlsym(module->library, symbol);
  if (!run || !size) return CUDA_ERROR_NOT_FOUND;
  CUfunction f = calloc(1, sizeof(*f));
  if (!f) return CUDA_ERROR_OUT_OF_MEMORY;
  memcpy(&f->run, &run, sizeof(run));
  f->parameter_size = *size;
  snprintf(f->name, sizeof(f->name), "%s", name);
  f->next = module->functions;
  module->functions = *function = f;
  return CUDA_SUCCESS;
}

EXPORT CUresult cuModuleGetFunction(CUfunction *function, CUmodule module, const char *name) {
  FAULT_POINT();
  CUcontext context;
  CUresult result = enter(&context);
  if (!result) result = find_module(module);
  if (result) return leave(result);
  for (CUfunction f = module->functions; f; f = f->next) {
    if (strcmp(f->name, name) != 0) continue;
    *function = f;
    return leave(CUDA_SUCCESS);
  }
  return leave(load_function(function, module, name));
}

static CUresult find_function(CUcontext context, CUfunction function) {
  for (CUmodule m = modules; m; m = m->next) {
    for (CUfunction f = m->functions; f; f = f->next) {
      if (f == function) return m->context == context ? CUDA_SUCCESS : CUDA_ERROR_INVALID_CONTEXT;
    }
  }
  return CUDA_ERROR_INVALID_HANDLE;
}

static bool fits(const unsigned grid[3], const unsigned block[3]) {
  for (int i = 0; i < 3; i++) {
    if (!grid[i] || !block[i]) return false;
  }
  unsigned long long threads = (unsigned long long)block[0] * block[1] * block[2];
  return grid[0] <= 0x7fffffff && grid[1] <= 65535 && grid[2] <= 65535 && block[2] <= 64 && threads <= 1024;
}

EXPORT CUresult cuLaunchKernel(CUfunction function, unsigned grid_x, unsigned grid_y, unsigned grid_z, unsigned block_x,
    unsigned block_y, unsigned block_z, unsigned shared, CUstream handle, void **parameters, void **extra) {
  FAULT_POINT();
  CUcontext context;
  CUresult result = enter(&context);
  CUstream stream = NULL;
  if (!result) result = find_function(context, function);
  if (!result) result = find_stream(context, handle, &stream);
  if (!result) result = (CUresult)setting("FAIL_LAUNCH", CUDA_SUCCESS);
  unsigned grid[3] = {grid_x, grid_y, grid_z}, block[3] = {block_x, block_y, block_z};
  if (!result && (!fits(grid, block) || !parameters || extra || shared)) result = CUDA_ERROR_INVALID_VALUE;
  struct work *work = result ? NULL : new_work(WORK_KERNEL);
  void *copy = work ? malloc(function->parameter_size) : NULL;
  if (!result && !copy) result = CUDA_ERROR_OUT_OF_MEMORY;
  if (result) {
    free(work);
    return leave(result);
  }
  work->staged = memcpy(copy, parameters[0], function->parameter_size);
  work->function = function;
  memcpy(work->grid, grid, sizeof(grid));
  memcpy(work->block, block, sizeof(block));
  return leave(submit(stream, work));
}

void run_kernel(const struct work *work) {
  void *parameters[] = {work->staged};
  const unsigned *grid = work->grid, *block = work->block;
  work->function->run(parameters, grid[0], grid[1], grid[2], block[0], block[1], block[2]);
}
