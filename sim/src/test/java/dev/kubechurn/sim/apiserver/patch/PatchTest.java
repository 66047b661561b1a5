package dev.kubechurn.sim.apiserver.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kubechurn.sim.apiserver.ApiStatusException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The three patches: RFC 7386 by its own examples, strategic ones by what the API's conventions say of lists. */
final class PatchTest {

    private static ObjectNode json(String text) {
        return (ObjectNode) JsonMapper.shared().readTree(text.replace('\'', '"'));
    }

    private static ObjectNode patched(String type, String object, String patch) {
        ObjectNode before = json(object);
        ObjectNode after = Patch.parse(
                        "application/" + type + "+json; charset=utf-8",
                        patch.replace('\'', '"').getBytes(StandardCharsets.UTF_8))
                .applyTo(before);
        assertThat(before).as("what was patched").isEqualTo(json(object));
        return after;
    }

    /** The examples of appendix A whose target and patch are objects. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'a':'b'}                    | {'a':'c'}                         | {'a':'c'}
            {'a':'b'}                    | {'b':'c'}                         | {'a':'b','b':'c'}
            {'a':'b'}                    | {'a':null}                        | {}
            {'a':'b','b':'c'}            | {'a':null}                        | {'b':'c'}
            {'a':['b']}                  | {'a':'c'}                         | {'a':'c'}
            {'a':'c'}                    | {'a':['b']}                       | {'a':['b']}
            {'a':{'b':'c'}}              | {'a':{'b':'d','c':null}}          | {'a':{'b':'d'}}
            {'a':[{'b':'c'}]}            | {'a':[1]}                         | {'a':[1]}
            {'e':null}                   | {'a':1}                           | {'e':null,'a':1}
            {}                           | {'a':{'bb':{'ccc':null}}}         | {'a':{'bb':{}}}
            """)
    void merging(String object, String patch, String expected) {
        assertThat(patched("merge-patch", object, patch)).isEqualTo(json(expected));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'data':{'a':'1','b':'2'}}   | {'data':{'a':null,'c':'3'}}       | {'data':{'b':'2','c':'3'}}
            {'data':{'a':'1'}}           | {'data':{'$patch':'replace','c':'3'}} | {'data':{'c':'3'}}
            {'data':{'a':'1'}}           | {'data':{'$patch':'delete'}}      | {}
            {'containers':[{'name':'a','image':'1'},{'name':'b'}]} | {'containers':[{'name':'a','image':'2'}]} | {'containers':[{'name':'a','image':'2'},{'name':'b'}]}
            {'containers':[{'name':'a'}]} | {'containers':[{'name':'b'}]}    | {'containers':[{'name':'a'},{'name':'b'}]}
            {'containers':[{'name':'a'},{'name':'b'}]} | {'containers':[{'name':'a','$patch':'delete'}]} | {'containers':[{'name':'b'}]}
            {'containers':[{'name':'a'}]} | {'containers':[{'name':'b'},{'$patch':'replace'}]} | {'containers':[{'name':'b'}]}
            {'containers':[{'name':'a'},{'name':'b'}]} | {'$setElementOrder/containers':[{'name':'b'},{'name':'a'}]} | {'containers':[{'name':'b'},{'name':'a'}]}
            {'ports':[{'port':80,'protocol':'TCP'}]} | {'ports':[{'port':80,'name':'x'}]} | {'ports':[{'port':80,'protocol':'TCP','name':'x'}]}
            {'tolerations':[{'key':'a'}]} | {'tolerations':[{'key':'b'}]}    | {'tolerations':[{'key':'b'}]}
            {'args':['a','b']}           | {'args':['c']}                    | {'args':['c']}
            {'finalizers':['a']}         | {'finalizers':['b','a']}          | {'finalizers':['a','b']}
            {'finalizers':['a','b']}     | {'$deleteFromPrimitiveList/finalizers':['a']} | {'finalizers':['b']}
            {'volumes':[{'name':'v','emptyDir':{}}]} | {'volumes':[{'name':'v','$retainKeys':['name','hostPath'],'hostPath':{'path':'/'}}]} | {'volumes':[{'name':'v','hostPath':{'path':'/'}}]}
            {'volumes':[{'name':'v'}]}   | {'volumes':null}                  | {}
            {}                           | {'containers':[{'name':'a','$patch':'merge'}]} | {'containers':[{'name':'a'}]}
            """)
    void strategic(String object, String patch, String expected) {
        assertThat(patched("strategic-merge-patch", object, patch)).isEqualTo(json(expected));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'a':1}                      | [{'op':'add','path':'/b','value':2}]       | {'a':1,'b':2}
            {'a':[1,3]}                  | [{'op':'add','path':'/a/1','value':2}]     | {'a':[1,2,3]}
            {'a':1}                      | [{'op':'test','path':'/a','value':1},{'op':'remove','path':'/a'}] | {}
            {'a':1}                      | [{'op':'move','from':'/a','path':'/b'}]    | {'b':1}
            {'a':{'b':1}}                | [{'op':'copy','from':'/a','path':'/c'},{'op':'replace','path':'/c/b','value':2}] | {'a':{'b':1},'c':{'b':2}}
            """)
    void operations(String object, String patch, String expected) {
        assertThat(patched("json-patch", object, patch)).isEqualTo(json(expected));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            json-patch            | {}                                          | 400
            json-patch            | [{'op':'test','path':'/secret','value':2}]  | 422
            json-patch            | [{'op':'remove','path':'/none'}]            | 422
            json-patch            | [{'op':'jump','path':'/a'}]                 | 422
            json-patch            | [{'op':'replace','path':'','value':7}]      | 422
            json-patch            | [1]                                         | 422
            merge-patch           | []                                          | 400
            merge-patch           | {                                           | 400
            strategic-merge-patch | {'$patch':'jump'}                           | 400
            apply-patch           | {}                                          | 415
            """)
    void whatDoesNotFitIsRefusedWithoutAValue(String type, String patch, int code) {
        assertThatExceptionOfType(ApiStatusException.class)
                .isThrownBy(() -> patched(type, "{'secret':'s3cret'}", patch))
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(code))
                .withMessageNotContaining("s3cret");
    }

    @Test
    void serverSideApplyIsRefusedByItsName() {
        assertThatExceptionOfType(ApiStatusException.class)
                .isThrownBy(() -> Patch.parse("application/apply-patch+yaml", new byte[0]))
                .withMessageContaining("without --server-side");
    }
}
