# What the compiler and the linker do against faults of ours and of the libraries: a mistake ends the program, and is not somebody's way in. Each is
# taken where compiler and linker know it; tests/hardening.py reads from the finished program that it is there. Only a release is built so: the
# sanitizers see more, and bring their own stack and their own memory functions.
include(CheckCCompilerFlag)
include(CheckCSourceCompiles)
include(CheckLinkerFlag)

# harden(NAME FLAG): taken if it is known. What begins with -Wl is for the linker.
function(harden name flag)
  if(flag MATCHES "^-Wl")
    check_linker_flag(C ${flag} HARDEN_${name})
  else()
    check_c_compiler_flag("-Werror ${flag}" HARDEN_${name})
  endif()
  if(HARDEN_${name})
    if(flag MATCHES "^-Wl")
      add_link_options(${flag})
    else()
      add_compile_options(${flag})
    endif()
  endif()
endfunction()

# A format that is no literal is somebody's text, sooner or later.
add_compile_options(-Wformat=2 -Werror=format-security -Werror=implicit-function-declaration)

if(CMAKE_BUILD_TYPE STREQUAL "Release")
  set(CMAKE_INTERPROCEDURAL_OPTIMIZATION ON)
  # The program runs wherever in memory it is put: so nobody knows where.
  add_compile_options(-fPIE)
  add_link_options(-pie)
  harden(STACK_PROTECTOR -fstack-protector-strong)
  harden(STACK_CLASH -fstack-clash-protection) # a large frame cannot step over the guard page
  harden(CONTROL_FLOW -fcf-protection=full)    # x86: jumps and returns lead where they should
  # Lengths are checked where the compiler can know them; level 3 knows more of them.
  check_c_source_compiles("
#if !(defined __clang__ ? __clang_major__ >= 9 : __GNUC__ >= 12)
#error level 2
#endif
int main(void) { return 0; }" HARDEN_FORTIFY_3)
  add_compile_options(-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=$<IF:$<BOOL:${HARDEN_FORTIFY_3}>,3,2>)

  harden(RELRO -Wl,-z,relro)
  harden(NOW -Wl,-z,now) # with it no pointer to a library's function can be written to
  harden(NOEXECSTACK -Wl,-z,noexecstack)
  harden(SEPARATE_CODE -Wl,-z,separate-code) # what is only read cannot be run
  add_link_options(-Wl,--as-needed)

  # Nothing in the program tells where it was built: two folders give the same bytes (tests/reproducible.py). The second is how a compiler's cache may
  # spell the same folder.
  file(RELATIVE_PATH harden_up ${PROJECT_BINARY_DIR} ${PROJECT_SOURCE_DIR})
  add_compile_options(-ffile-prefix-map=${PROJECT_SOURCE_DIR}/= -ffile-prefix-map=${harden_up}=)
endif()
