import type { Method } from "./methods.ts";
import type { SimulatorOptions } from "./options.ts";

/** Real bureaus do not publish theirs, so the name is ours; a client must take it from the description. */
const NAMESPACE = "urn:bureau-simulator";

type Style = Pick<SimulatorOptions, "style" | "ispIdParameter">;
type Parameter = readonly [name: string, type: string];

const common = (ispIdParameter: string): Parameter[] => [
  [ispIdParameter, "long"],
  ["userName", "string"],
  ["randVal", "string"],
  ["pwdHash", "string"],
];

/** The description of one service (WSDL 1.1, SOAP 1.1 over HTTP): document/literal wrapped, or rpc/literal. */
export function describeService(address: string, methods: Record<string, Method>, options: Style): string {
  const all = Object.entries(methods).map(([name, { parameters }]) => ({
    name,
    parameters: [...common(options.ispIdParameter), ...parameters],
  }));
  const parts = options.style === "rpc" ? rpcMessages(all) : documentMessages(all);
  const binding = `<soap:binding style="${options.style}" transport="http://schemas.xmlsoap.org/soap/http"/>`;
  const use = `<soap:body use="literal"${options.style === "rpc" ? ` namespace="${NAMESPACE}"` : ""}/>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<wsdl:definitions name="Bureau" targetNamespace="${NAMESPACE}" xmlns:tns="${NAMESPACE}"
  xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"
  xmlns:xsd="http://www.w3.org/2001/XMLSchema">
${parts}
<wsdl:portType name="BureauPort">
${all.map(({ name }) => operation(name, portOperation(name))).join("\n")}
</wsdl:portType>
<wsdl:binding name="BureauBinding" type="tns:BureauPort">${binding}
${all.map(({ name }) => operation(name, boundOperation(use))).join("\n")}
</wsdl:binding>
<wsdl:service name="Bureau"><wsdl:port name="BureauPort" binding="tns:BureauBinding">
<soap:address location="${address}"/></wsdl:port></wsdl:service>
</wsdl:definitions>
`;
}

type Described = { name: string; parameters: Parameter[] };

const operation = (name: string, inside: string): string =>
  `<wsdl:operation name="${name}">${inside}</wsdl:operation>`;

const portOperation = (name: string): string =>
  `<wsdl:input message="tns:${name}"/><wsdl:output message="tns:${name}Response"/>`;

const boundOperation = (use: string): string =>
  `<soap:operation soapAction=""/><wsdl:input>${use}</wsdl:input><wsdl:output>${use}</wsdl:output>`;

const documentMessages = (all: Described[]): string => {
  const elements = all.map(
    ({ name, parameters }) =>
      element(
        name,
        parameters.map(([part, type]) => `<xsd:element name="${part}" type="xsd:${type}"/>`),
      ) + element(`${name}Response`, ['<xsd:element name="return" type="xsd:string"/>']),
  );
  const messages = all
    .flatMap(({ name }) => [name, `${name}Response`])
    .map(
      (name) =>
        `<wsdl:message name="${name}"><wsdl:part name="parameters" element="tns:${name}"/></wsdl:message>`,
    );
  return `<wsdl:types><xsd:schema targetNamespace="${NAMESPACE}">${elements.join("\n")}</xsd:schema></wsdl:types>
${messages.join("\n")}`;
};

const element = (name: string, inside: string[]): string =>
  `<xsd:element name="${name}"><xsd:complexType><xsd:sequence>${inside.join("")}</xsd:sequence></xsd:complexType></xsd:element>`;

const rpcMessages = (all: Described[]): string =>
  all
    .map(
      ({ name, parameters }) =>
        `<wsdl:message name="${name}">${parameters.map(([part, type]) => `<wsdl:part name="${part}" type="xsd:${type}"/>`).join("")}</wsdl:message>
<wsdl:message name="${name}Response"><wsdl:part name="return" type="xsd:string"/></wsdl:message>`,
    )
    .join("\n");
