/* The python.exe of the Windows Python that this folder makes: it only calls the interpreter in python311.dll. */

#include <wchar.h>

__declspec(dllimport) int Py_Main(int argc, wchar_t **argv);

int wmain(int argc, wchar_t **argv)
{
    return Py_Main(argc, argv);
}
