; The words of setup and remover that are not NSIS's own, in Simplified Chinese.
!define WORD "!insertmacro SimpChinese"
!macro SimpChinese NAME TEXT
    LangString ${NAME} ${LANG_SIMPCHINESE} "${TEXT}"
!macroend
${WORD} WelcomeTitle "安装 CX Desk ${VERSION}"
${WORD} WelcomeText "打开调查文件，看清客户说了什么，交出 Excel 报告。$\r$\n$\r$\nCX Desk 不使用网络：您的文件只留在这台电脑上。安装不需要管理员权限。旧版本会被替换；您的设置、项目和报告都会保留。$\r$\n$\r$\n点击“安装”即可开始。"
${WORD} StartNow "启动 CX Desk"
${WORD} StillRunning "CX Desk 还开着。程序运行时无法更改它的文件。$\r$\n$\r$\n请先关闭 CX Desk，再点击“重试”。"
${WORD} NoRights "为这台电脑的所有用户安装，需要管理员权限。$\r$\n$\r$\n请以管理员身份运行；或者去掉 /ALLUSERS，只为自己安装。"
${WORD} TooOld "CX Desk 需要 Windows 10（1809 版）或更新的系统，这台电脑的 Windows 版本较旧。$\r$\n$\r$\n没有做任何更改。请更新 Windows，或联系负责这台电脑的人员。"
${WORD} NotThisMachine "CX Desk 需要 64 位 Windows，这台电脑的 Windows 无法运行它。$\r$\n$\r$\n没有做任何更改。请换一台电脑，或联系负责这台电脑的人员。"
${WORD} SurveyType "调查文件"
${WORD} ProjectType "CX Desk 项目"
${WORD} TemplateType "CX Desk 模板"
${WORD} SettingsToo "我的设置"
${WORD} RemoveText "请选择要删除的内容。无论如何，您的调查文件、项目和报告都会保留。"
${WORD} RemoveProgramText "程序本身。"
${WORD} RemoveSettingsText "CX Desk 替您记住的内容：语言、问卷的列设置、最近打开的文件列表、自动保存的工作。"
!undef WORD
